package io.tidecast.app.cli;

import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.service.KafkaTopics;
import io.tidecast.app.service.LeastPrivileges;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints or grants the rights that the service needs. */
@Command(
    name = "acls",
    mixinStandardHelpOptions = true,
    description = "Print the least rights that the service needs in Kafka, or grant them.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidecast acls --principal User:tidecast           options for kafka-acls.sh",
      "  tidecast acls --principal User:tidecast --grant --config admin.yaml"
    })
public final class AclsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions configOptions = new ConfigOptions();
  @Mixin private JsonOption json = new JsonOption();

  @Option(
      names = "--principal",
      paramLabel = "USER",
      defaultValue = "User:tidecast",
      description = "Who gets the rights, as Kafka writes it; default ${DEFAULT-VALUE}.")
  private String principal = "";

  @Option(
      names = "--grant",
      description = "Grant them, as the user of this configuration, who must be allowed to.")
  private boolean grant;

  @Override
  public Integer call() {
    json.check();
    TidecastConfig config = configOptions.load();
    LeastPrivileges needed = LeastPrivileges.of(config);
    PrintWriter out = spec.commandLine().getOut();
    needed
        .rights()
        .forEach(r -> out.printf("%s  # to %s%n", r.toKafkaAcls(principal), r.purpose()));
    if (grant) {
      try (KafkaTopics kafka = configOptions.connect(spec, config)) {
        kafka.grant(needed.rights(), principal);
      }
      out.printf("%d rights granted to %s%n", needed.rights().size(), principal);
    }
    json.write(
        Map.of(
            "results",
            needed.rights().stream()
                .map(r -> new Result(principal, r.toString(), r.purpose(), grant))
                .toList()));
    return 0;
  }

  /** A right for a script. */
  private record Result(String principal, String right, String purpose, boolean granted) {}
}
