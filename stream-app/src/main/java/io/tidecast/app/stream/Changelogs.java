package io.tidecast.app.stream;

import java.util.Collection;
import java.util.List;

/**
 * The topics that keep an application's learners: {@code ID-journal-changelog} and {@code
 * ID-snapshot-changelog} of the forecaster, {@code ID-model.NAME.journal-changelog} and so on of a
 * model of labelled samples. No two applications, whatever their ids, have one in common.
 */
public final class Changelogs {
  private static final String SUFFIX = "-changelog";

  private final String prefix;

  /** Those of the application of this id. */
  public Changelogs(String applicationId) {
    prefix = applicationId + "-";
  }

  /** Of these topics those that are the application's, in order of their names. */
  public List<String> among(Collection<String> topics) {
    return topics.stream().filter(this::isOurs).sorted().toList();
  }

  private boolean isOurs(String topic) {
    return topic.startsWith(prefix)
        && topic.endsWith(SUFFIX)
        && topic.length() > prefix.length() + SUFFIX.length()
        && LearnerNodes.isStore(topic.substring(prefix.length(), topic.length() - SUFFIX.length()));
  }

  /**
   * Those of one learner.
   *
   * @param model of labelled samples; empty for the forecaster
   */
  public List<String> of(String model) {
    LearnerNodes nodes = new LearnerNodes(model);
    return List.of(prefix + nodes.journal() + SUFFIX, prefix + nodes.snapshot() + SUFFIX);
  }
}
