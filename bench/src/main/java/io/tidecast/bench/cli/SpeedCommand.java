package io.tidecast.bench.cli;

import io.tidecast.bench.speed.SpeedBenchmark;
import io.tidecast.engine.device.ComputeDevice;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Time of a learning step and of a prediction over the size of the network. */
@Command(
    name = "speed",
    mixinStandardHelpOptions = true,
    description =
        "Time a learning step and a prediction over network sizes, beside PyTorch eager where a"
            + " Python with PyTorch is at hand, and beside the floor: matrix products, bytes and"
            + " random numbers measured in the same run.",
    footerHeading = "%nExamples:%n",
    footer = {"  tidecast bench speed --largest 1000000 --json speed.json"})
final class SpeedCommand extends MeasuringCommand {
  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "1",
      description = "Seconds for each operation and size; default ${DEFAULT-VALUE}.")
  private double seconds;

  @Option(
      names = "--largest",
      paramLabel = "P",
      description = "Leave out networks of more weights; default: all.")
  private int largest = Integer.MAX_VALUE;

  @Override
  Object measure(ComputeDevice opened) throws IOException {
    return new SpeedBenchmark(opened).run(new SpeedBenchmark.Options(seconds, largest), System.out);
  }
}
