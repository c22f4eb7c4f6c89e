package io.tidecast.bench.cli;

import io.tidecast.app.UserException;
import io.tidecast.app.cli.JsonOption;
import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.DeviceChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What every measurement needs: a device, and a file for its report. */
abstract class MeasuringCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private DeviceOption device = new DeviceOption();
  @Mixin private JsonOption json = new JsonOption();

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
    json.check();
    DeviceChoice choice = device.device();
    try (ComputeDevice opened = ComputeDevice.open(choice, choice == DeviceChoice.GPU)) {
      json.write(measure(opened));
      return 0;
    } catch (IOException | UncheckedIOException e) {
      throw new UserException("data cannot be read: " + e.getMessage(), e);
    }
  }
}
