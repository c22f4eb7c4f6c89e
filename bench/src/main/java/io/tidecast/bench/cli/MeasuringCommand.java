package io.tidecast.bench.cli;

import io.tidecast.app.UserException;
import io.tidecast.app.cli.JsonFile;
import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.DeviceChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every measurement needs: a device, and a file for its report. */
abstract class MeasuringCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "cpu",
      description = "cpu, gpu or auto; default ${DEFAULT-VALUE}.")
  private DeviceChoice device = DeviceChoice.CPU;

  @Option(
      names = "--json",
      paramLabel = "OUT",
      description = "Write the table to this file, an object with 'results'.")
  private @Nullable Path json;

  /**
   * Measures and prints a table.
   *
   * @return a report with {@code results}
   * @throws IOException if data is missing or malformed
   */
  abstract Object measure(ComputeDevice opened) throws IOException;

  /** The command's model, for its output. */
  CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() {
    if (json != null) {
      JsonFile.checkWritable(json);
    }
    try (ComputeDevice opened = ComputeDevice.open(device, device == DeviceChoice.GPU)) {
      Object report = measure(opened);
      if (json != null) {
        JsonFile.write(json, report);
      }
      return 0;
    } catch (IOException | UncheckedIOException e) {
      throw new UserException("data cannot be read: " + e.getMessage(), e);
    }
  }
}
