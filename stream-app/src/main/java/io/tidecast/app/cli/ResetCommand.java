package io.tidecast.app.cli;

import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.service.ApplicationReset;
import io.tidecast.app.service.KafkaTopics;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a service forget what it has learned. */
@Command(
    name = "reset",
    mixinStandardHelpOptions = true,
    description = {
      "Make a service forget what it has learned: its offsets, its changelogs, and its local state"
          + " on this machine. Every instance must be stopped. It then begins with the oldest"
          + " observation that its topic still holds; input and output topics stay as they are.",
      "On other machines that have run it, remove the folder of its local state too. On a secured"
          + " Kafka it takes the rights to describe and delete the application's group and topics."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidecast reset --dry-run                         only say what would go",
      "  tidecast reset --set application-id=pumps --yes"
    })
public final class ResetCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions configOptions = new ConfigOptions();
  @Mixin private JsonOption json = new JsonOption();

  @Option(names = "--dry-run", description = "Remove nothing.")
  private boolean dryRun;

  @Option(names = "--yes", description = "Do not ask before removing.")
  private boolean yes;

  @Override
  public Integer call() {
    json.check();
    PrintWriter out = spec.commandLine().getOut();
    TidecastConfig config = configOptions.load();
    String id = config.applicationId();
    boolean removed = false;
    try (KafkaTopics kafka = configOptions.connect(spec, config)) {
      ApplicationReset reset = new ApplicationReset(kafka, config);
      ApplicationReset.Holdings found = reset.holdings();
      print(found, config);
      if (found.isEmpty()) {
        out.println("nothing to reset");
      } else if (!dryRun) {
        if (yes || Confirmation.ask(spec, "remove this, for good?")) {
          reset.remove(found);
          removed = true;
          out.printf("'%s' has forgotten everything%n", id);
        } else {
          out.println("nothing was removed");
        }
      }
      json.write(Report.of(id, found, removed));
    }
    return 0;
  }

  private void print(ApplicationReset.Holdings found, TidecastConfig config) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf("application '%s' at %s%n", config.applicationId(), config.bootstrapServers());
    found.offsets().entrySet().stream()
        .collect(
            Collectors.groupingBy(
                e -> e.getKey().topic(), TreeMap::new, Collectors.summingLong(e -> e.getValue())))
        .forEach((topic, sum) -> out.printf("  offsets        %s, %,d records read%n", topic, sum));
    found.internalTopics().forEach(topic -> out.printf("  changelog      %s%n", topic));
    found.localState().ifPresent(folder -> out.printf("  local state    %s%n", folder));
  }

  /** What was found, for a script. */
  private record Report(
      String applicationId,
      List<Offset> offsets,
      List<String> internalTopics,
      @Nullable String localState,
      boolean removed) {
    private record Offset(String topic, int partition, long offset) {}

    static Report of(String id, ApplicationReset.Holdings found, boolean removed) {
      return new Report(
          id,
          found.offsets().entrySet().stream().map(e -> offset(e.getKey(), e.getValue())).toList(),
          found.internalTopics(),
          found.localState().map(Path::toString).orElse(null),
          removed);
    }

    private static Offset offset(TopicPartition partition, long offset) {
      return new Offset(partition.topic(), partition.partition(), offset);
    }
  }
}
