package io.tidecast.engine.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.DeviceChoice;
import io.tidecast.engine.network.Likelihood;
import io.tidecast.engine.network.NetworkSpec;
import io.tidecast.engine.predict.Predictive;
import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BayesianNetworkTest {
  private final ComputeDevice device = ComputeDevice.open(DeviceChoice.CPU, false);

  private BayesianNetwork network(long seed) {
    return BayesianNetwork.create(
        device,
        NetworkSpec.parse("mlp(hidden=16, skip=linear)"),
        Likelihood.studentT(),
        LearningSettings.forecasting().withLearningRate(new LearningRate(5e-3, 0, 1)),
        3,
        2,
        seed);
  }

  private static MiniBatch batch(Random random, int rows) {
    float[] x = new float[rows * 3];
    float[] y = new float[rows * 2];
    float[] mask = new float[rows * 2];
    for (int b = 0; b < rows; b++) {
      for (int i = 0; i < 3; i++) {
        x[b * 3 + i] = (float) random.nextGaussian();
      }
      y[b * 2] = (float) (x[b * 3] - 2 * x[b * 3 + 1] + .3 * random.nextGaussian());
      y[b * 2 + 1] = (float) (Math.abs(x[b * 3 + 2]) + .1 * random.nextGaussian());
    }
    Arrays.fill(mask, 1);
    return new MiniBatch(x, y, mask, rows, rows);
  }

  @Test
  void a_regression_is_learned() {
    try (BayesianNetwork network = network(7)) {
      Random random = new Random(1);
      StepReport first = network.learn(batch(random, 16));
      StepReport last = first;
      for (int i = 0; i < 3000; i++) {
        last = network.learn(batch(random, 16));
      }
      assertThat(last.logLikelihood()).isGreaterThan(first.logLikelihood() + 1);
      Predictive p = network.predict(new float[] {1, -1, 2}, 1);
      assertThat(p.mean(0, 0)).isBetween(2.7, 3.3);
      assertThat(p.mean(0, 1)).isBetween(1.7, 2.3);
      System.out.println(
          Math.sqrt(p.aleatoricVariance(0, 0)) + " " + Math.sqrt(p.epistemicVariance(0, 0)));
    }
  }

  @Test
  void a_restored_network_goes_on_as_if_it_had_never_stopped() {
    try (BayesianNetwork whole = network(7);
        BayesianNetwork resumed = network(8)) {
      Random random = new Random(1);
      for (int i = 0; i < 20; i++) {
        whole.learn(batch(random, 16));
      }
      StateWriter saved = new StateWriter("test", 1);
      whole.saveTo(saved);
      resumed.restore(new StateReader("test", 1, saved.toBytes()));
      assertThat(resumed.hash()).isEqualTo(whole.hash());
    }
  }
}
