package io.tidecast.bench.forecasting;

import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.DeviceChoice;
import io.tidecast.engine.forecast.ForecastInput.Observation;
import io.tidecast.engine.forecast.ForecastLearner;
import io.tidecast.engine.forecast.ForecastSettings;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

final class SpeedLab {
  public static void main(String[] args) {
    int series = Integer.parseInt(args[0]);
    int context = Integer.parseInt(args[1]);
    int rounds = Integer.parseInt(args[2]);
    Random random = new Random(1);
    try (ComputeDevice device = ComputeDevice.open(DeviceChoice.CPU, false);
        ForecastLearner learner =
            ForecastLearner.create(
                new ForecastSettings(
                    24, context, Optional.of(Duration.ofHours(1)), Duration.ZERO, 256, 0, 0, 1),
                device)) {
      double[] level = new double[series];
      long cpu = 0;
      long done = 0;
      for (int t = 0; t < rounds; t++) {
        if (t % Math.max(rounds / 6, 1) == 0) {
          long now = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
          if (t > 0)
            System.out.printf(
                "%d: %.1f us cpu per observation, %.0f /s%n",
                t, (now - cpu) / 1e3 / done, done / ((now - cpu) / 1e9));
          cpu = now;
          done = 0;
        }
        for (int s = 0; s < series; s++) {
          level[s] = .95 * level[s] + random.nextGaussian();
          double y = 10 * s + 3 * Math.sin(2 * Math.PI * t / 24) + level[s];
          learner.accept(new Observation("s" + s, 1_700_000_400_000L + t * 3_600_000L, y));
          done++;
        }
      }
    }
  }
}
