package io.tidecast.app.cli;

import io.tidecast.app.service.KafkaTopics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Creates or checks the topics. */
@Command(
    name = "topics",
    mixinStandardHelpOptions = true,
    description = "Create the topics that are missing and check the others.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidecast topics --dry-run --json topics.json    only say what is there",
      "  tidecast topics --set topics.partitions=8 --set topics.replication-factor=3"
    })
public final class TopicsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions configOptions = new ConfigOptions();
  @Mixin private JsonOption json = new JsonOption();

  @Option(names = "--dry-run", description = "Create nothing.")
  private boolean dryRun;

  @Override
  public Integer call() {
    json.check();
    Terminal terminal = new Terminal(spec.commandLine().getOut());
    try (KafkaTopics kafka = configOptions.connect(spec, configOptions.load())) {
      List<KafkaTopics.State> states = kafka.states();
      for (KafkaTopics.State s : states) {
        String is =
            s.missing()
                ? (dryRun
                        ? "missing; would be created with %d partitions"
                        : "missing; created with %d partitions")
                    .formatted(s.topic().partitions())
                : "there, %d partitions".formatted(s.partitions());
        terminal.stage("%-16s %-40s %s".formatted(s.topic().name(), is, s.topic().configs()));
      }
      if (!dryRun) {
        kafka.createMissing(terminal::stage);
        kafka.requireAll();
      }
      json.write(Map.of("results", states.stream().map(this::result).toList()));
    }
    return 0;
  }

  private Result result(KafkaTopics.State s) {
    return new Result(
        s.topic().name(),
        s.missing() ? s.topic().partitions() : s.partitions(),
        !s.missing(),
        s.missing() && !dryRun,
        s.topic().configs());
  }

  /**
   * A topic for a script.
   *
   * @param partitions that it has, or would have
   */
  private record Result(
      String topic,
      int partitions,
      boolean existed,
      boolean created,
      Map<String, String> configs) {}
}
