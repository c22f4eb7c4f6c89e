package io.tidecast.bench.cli;

import io.tidecast.engine.device.DeviceChoice;
import picocli.CommandLine.Option;

/** Where the networks of a measurement are. */
final class DeviceOption {
  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "cpu",
      description = "cpu, gpu or auto; default ${DEFAULT-VALUE}.")
  private DeviceChoice device = DeviceChoice.CPU;

  DeviceChoice device() {
    return device;
  }
}
