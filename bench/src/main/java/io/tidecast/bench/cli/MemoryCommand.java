package io.tidecast.bench.cli;

import io.tidecast.bench.speed.MemoryRun;
import io.tidecast.engine.device.ComputeDevice;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Memory over many learning steps. */
@Command(
    name = "memory",
    mixinStandardHelpOptions = true,
    description =
        "Learn and predict many times with the forecaster's network, and print resident memory,"
            + " live native arrays and bytes of state for each weight.",
    footerHeading = "%nExamples:%n",
    footer = {"  tidecast bench memory --steps 100000"})
final class MemoryCommand extends MeasuringCommand {
  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "100000",
      description = "Learning steps, each with a prediction; default ${DEFAULT-VALUE}.")
  private long steps;

  @Override
  Object measure(ComputeDevice opened) throws IOException {
    return new MemoryRun(opened).run(steps, System.out);
  }
}
