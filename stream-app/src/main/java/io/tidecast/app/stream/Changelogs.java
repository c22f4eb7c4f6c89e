package io.tidecast.app.stream;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The topics that keep an application's learners: {@code ID-journal-changelog} and {@code
 * ID-snapshot-changelog} of the forecaster, {@code ID-model.NAME.journal-changelog} and so on of a
 * model of labelled samples. No two applications, whatever their ids, have one in common.
 */
public final class Changelogs {
  private static final String STORES = "(journal|snapshot)";

  private final Pattern names;

  /** Those of the application of this id. */
  public Changelogs(String applicationId) {
    names =
        Pattern.compile(
            "%s-(%s|model\\.[^.]+\\.%s)-changelog"
                .formatted(Pattern.quote(applicationId), STORES, STORES));
  }

  /** Of these topics those that are the application's, in order of their names. */
  public List<String> among(Collection<String> topics) {
    return topics.stream().filter(names.asMatchPredicate()).sorted().toList();
  }
}
