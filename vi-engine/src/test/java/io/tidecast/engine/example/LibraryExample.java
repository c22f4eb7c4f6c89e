package io.tidecast.engine.example;

import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.DeviceChoice;
import io.tidecast.engine.inference.BayesianNetwork;
import io.tidecast.engine.inference.LearningSettings;
import io.tidecast.engine.inference.MiniBatch;
import io.tidecast.engine.network.Likelihood;
import io.tidecast.engine.network.NetworkSpec;
import io.tidecast.engine.predict.Predictive;
import java.util.Random;

final class LibraryExample {
  private LibraryExample() {}

  static String run() {
    // README: begin
    Random random = new Random(1);
    NetworkSpec spec = NetworkSpec.parse("mlp(hidden=32, skip=linear)"); // 1 input, 1 target
    LearningSettings settings = LearningSettings.defaults();
    try (ComputeDevice device = ComputeDevice.open(DeviceChoice.AUTO, false);
        BayesianNetwork network =
            BayesianNetwork.create(device, spec, Likelihood.studentT(), settings, 1, 1, 42)) {
      for (int step = 0; step < 3000; step++) { // y = sin(3 x) + noise, eight rows at a time
        float[] x = new float[8], y = new float[8];
        for (int row = 0; row < 8; row++) {
          x[row] = (float) random.nextGaussian();
          y[row] = (float) (Math.sin(3 * x[row]) + .1 * random.nextGaussian());
        }
        network.learn(MiniBatch.of(x, y, 8));
      }
      Predictive p = network.predict(new float[] {.5f}, 1);
      double[] band = p.quantiles(0, 0, new double[] {.05, .5, .95});
      return "y(0.5) is in [%.2f, %.2f], most likely near %.2f"
          .formatted(band[0], band[2], band[1]);
    }
    // README: end
  }
}
