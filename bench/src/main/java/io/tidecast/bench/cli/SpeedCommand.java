package io.tidecast.bench.cli;

import io.tidecast.app.UserException;
import io.tidecast.app.cli.JsonOption;
import io.tidecast.bench.speed.SpeedBenchmark;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Time of a learning step and of a prediction over the size of the network. */
@Command(
    name = "speed",
    mixinStandardHelpOptions = true,
    description =
        "Time a learning step and a prediction over network sizes by JMH, beside the same step in"
            + " PyTorch eager mode where a Python with PyTorch is at hand, and beside the floor:"
            + " matrix products, bytes and random numbers measured in the same rounds.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidecast bench speed --largest 1100000 --json speed.json",
      "  tidecast bench speed --python venv/bin/python"
    })
final class SpeedCommand implements Callable<Integer> {
  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "1",
      description = "Seconds for each operation, size and round; default ${DEFAULT-VALUE}.")
  private double seconds;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Rounds whose medians are shown; default ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--largest",
      paramLabel = "P",
      description = "Leave out networks of more weights; default: all.")
  private int largest = Integer.MAX_VALUE;

  @Option(
      names = "--python",
      paramLabel = "PATH",
      description = "The Python that has PyTorch; default: python3, /usr/bin/python3 or python.")
  private @Nullable String python;

  @Mixin private DeviceOption device = new DeviceOption();
  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    if (!(seconds > 0) || rounds < 1) {
      throw new UserException(
          "--seconds and --rounds: expected more than 0, got %s and %d".formatted(seconds, rounds));
    }
    json.check();
    try {
      json.write(
          new SpeedBenchmark(
                  new SpeedBenchmark.Options(
                      device.device(), seconds, rounds, largest, Optional.ofNullable(python)))
              .run(System.out));
      return 0;
    } catch (IOException e) {
      throw new UserException("no temporary file: " + e.getMessage(), e);
    }
  }
}
