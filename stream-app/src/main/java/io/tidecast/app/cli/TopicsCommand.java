package io.tidecast.app.cli;

import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.service.KafkaTopics;
import java.util.List;
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
      "  tidecast topics --dry-run                       only say what is there",
      "  tidecast topics --set topics.partitions=8 --set topics.replication-factor=3"
    })
public final class TopicsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions configOptions = new ConfigOptions();

  @Option(names = "--dry-run", description = "Create nothing.")
  private boolean dryRun;

  @Override
  public Integer call() {
    Terminal terminal = new Terminal(spec.commandLine().getOut());
    TidecastConfig config = configOptions.load();
    try (KafkaTopics kafka = KafkaTopics.connect(config)) {
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
    }
    return 0;
  }
}
