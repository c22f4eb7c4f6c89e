package io.tidecast.app.cli;

import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.letters.DeadLetterBox;
import io.tidecast.app.letters.RefusedRecord;
import io.tidecast.app.service.KafkaTopics;
import io.tidecast.schemas.AvroSerdes;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lists refused records, explains them, and submits them again. */
@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    description =
        "List the records that were refused, with their reasons; explain them; submit them again.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidecast dead-letters                            the newest 20, and how many there are",
      "  tidecast dead-letters --reason TOO_LATE --json late.json",
      "  tidecast dead-letters --letter dead-letters-0@17 --explain",
      "  tidecast dead-letters --reason TOO_LATE --since 2h --resubmit"
    })
public final class DeadLettersCommand implements Callable<Integer> {
  private static final int SHOWN = 20;

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions configOptions = new ConfigOptions();
  @Mixin private JsonOption json = new JsonOption();

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      description = "Only letters of this reason, e.g. TOO_LATE; may be repeated.")
  private Set<String> reasons = Set.of();

  @Option(
      names = "--letter",
      paramLabel = "TOPIC-PARTITION@OFFSET",
      description = "Only this letter, named as the list names it; may be repeated.")
  private Set<String> letters = Set.of();

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "Only letters not older than this, e.g. 2h.")
  private @Nullable Duration since;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Only the newest N of these; default: " + SHOWN + " are shown, all are sent.")
  private @Nullable Integer limit;

  @Option(names = "--explain", description = "Show everything that each letter holds.")
  private boolean explain;

  @Option(
      names = "--resubmit",
      description =
          "Send the original records to the topic and partition that they came from. The header"
              + " tidecast.resubmission-of names the letter.")
  private boolean resubmit;

  @Option(names = "--yes", description = "Do not ask before submitting.")
  private boolean yes;

  @Override
  public Integer call() {
    if (limit != null && limit < 1) {
      throw new ParameterException(
          spec.commandLine(), "--limit: expected at least 1, got " + limit);
    }
    json.check();
    TidecastConfig config = configOptions.load();
    try (KafkaTopics kafka = configOptions.connect(spec, config)) {
      kafka.requireAll();
    }
    DeadLetterBox box = new DeadLetterBox(config);
    List<RefusedRecord> found =
        Waiting.during(
            spec.commandLine().getErr(), "reading dead letters", () -> box.read(this::isWanted));
    if (limit != null) {
      found = newest(found, limit);
    }
    print(found, config);
    List<RefusedRecord> all = found;
    json.write(() -> Map.of("results", all.stream().map(DeadLetterReport::json).toList()));
    if (resubmit && !found.isEmpty()) {
      submitAgain(box, found);
    }
    return 0;
  }

  private boolean isWanted(RefusedRecord letter) {
    return (reasons.isEmpty() || reasons.contains(letter.reason()))
        && (letters.isEmpty() || letters.contains(letter.letter()))
        && (since == null || letter.refusedAt().isAfter(Instant.now().minus(since)));
  }

  private void print(List<RefusedRecord> found, TidecastConfig config) {
    PrintWriter out = spec.commandLine().getOut();
    AvroSerdes serdes = new AvroSerdes(config.registryProperties());
    for (RefusedRecord letter : newest(found, limit == null ? SHOWN : limit)) {
      if (explain) {
        DeadLetterReport.explain(letter, serdes, KafkaTopics.topics(config)).forEach(out::println);
        out.println();
      } else {
        out.println(DeadLetterReport.line(letter));
      }
    }
    if (found.isEmpty()) {
      out.println("no dead letters");
    } else {
      out.printf("%,d dead letters: %s%n", found.size(), counts(found));
    }
  }

  private void submitAgain(DeadLetterBox box, List<RefusedRecord> found) {
    String question = "send %,d records again (%s)?".formatted(found.size(), counts(found));
    if (!yes && !Confirmation.ask(spec, question)) {
      spec.commandLine().getOut().println("nothing was sent");
      return;
    }
    box.resubmit(found);
    spec.commandLine().getOut().printf("%,d records sent again%n", found.size());
  }

  private static Map<String, Long> counts(List<RefusedRecord> found) {
    return found.stream()
        .collect(Collectors.groupingBy(RefusedRecord::reason, TreeMap::new, Collectors.counting()));
  }

  private static List<RefusedRecord> newest(List<RefusedRecord> found, int n) {
    return found.subList(Math.max(0, found.size() - n), found.size());
  }
}
