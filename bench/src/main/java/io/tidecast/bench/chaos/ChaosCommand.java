package io.tidecast.bench.chaos;

import io.tidecast.app.cli.JsonOption;
import io.tidecast.platform.LocalPlatform;
import io.tidecast.platform.LocalPlatformSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The fault campaign. */
@Command(
    name = "chaos",
    mixinStandardHelpOptions = true,
    description =
        "Kill, stop, starve and confuse a running cluster of service, brokers and registry, and"
            + " check that every observation was learned exactly once.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidecast chaos --seed 7 --json out.json",
      "  tidecast chaos --faults 6 --observations 8000"
    })
public final class ChaosCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Decides data, faults and bad inputs; default: drawn and printed.")
  private @Nullable Long seed;

  @Option(
      names = "--faults",
      paramLabel = "N",
      defaultValue = "20",
      description = "Faults to inject; default ${DEFAULT-VALUE}.")
  private int faults;

  @Option(
      names = "--observations",
      paramLabel = "N",
      defaultValue = "40000",
      description = "Observations to learn; default ${DEFAULT-VALUE}.")
  private int observations;

  @Option(
      names = "--work-dir",
      paramLabel = "DIR",
      description = "Folder for the instances' logs and state; default: a temporary one, kept.")
  private @Nullable Path workDir;

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (faults < 0 || observations / Input.SERIES < 100 + 4 * faults) {
      throw new ParameterException(
          spec.commandLine(),
          "--observations: expected at least %d for %d faults, got %d"
              .formatted(Input.SERIES * (100 + 4 * faults), faults, observations));
    }
    json.check();
    PrintWriter out = spec.commandLine().getOut();
    long began = System.nanoTime();
    long chosen = seed == null ? System.nanoTime() & 0xffff_ffffL : seed;
    Path folder =
        workDir == null
            ? Files.createTempDirectory("tidecast-chaos-")
            : Files.createDirectories(workDir);
    out.printf("seed %d; logs and state in %s%n", chosen, folder);
    ChaosReport report;
    try (LocalPlatform platform =
        LocalPlatform.start(
            LocalPlatformSettings.temporary()
                .withBrokers(3)
                .withProgress(line -> say(out, began, line)))) {
      List<Fault> drawn = Campaign.draw(faults, chosen);
      report =
          new Campaign(platform, folder, chosen, drawn, observations, line -> say(out, began, line))
              .run();
    }
    print(out, report);
    json.write(report);
    return report.passed() ? 0 : 1;
  }

  private static void say(PrintWriter out, long began, String line) {
    out.printf(Locale.ROOT, "%6.1f s  %s%n", (System.nanoTime() - began) / 1e9, line);
    out.flush();
  }

  private static void print(PrintWriter out, ChaosReport r) {
    out.printf("%n%3s  %-28s %10s%n", "", "fault", "recovered");
    for (ChaosReport.FaultResult f : r.results()) {
      out.printf(Locale.ROOT, "%3d  %-28s %8.1f s%n", f.number(), f.fault(), f.recoverySeconds());
    }
    out.printf(
        Locale.ROOT,
        "%n%d faults, %,d observations: lost %d, duplicated %d, %s; worst recovery %.1f s%n",
        r.faults(),
        r.observations(),
        r.lost(),
        r.duplicated(),
        r.hashEqual() ? "equal to the quiet run bit for bit" : "DIFFERENT from the quiet run",
        r.worstRecoverySeconds());
    out.printf(
        "%d bad inputs, wrongly accepted: %d%n", r.badInputsTried(), r.badInputsWronglyAccepted());
    r.wronglyAccepted().forEach(name -> out.println("  " + name));
    out.println(r.passed() ? "passed" : "FAILED (seed " + r.seed() + ")");
  }
}
