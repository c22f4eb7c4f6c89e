package io.tidecast.engine.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.DeviceChoice;
import io.tidecast.engine.network.Likelihood;
import io.tidecast.engine.network.NetworkSpec;
import io.tidecast.engine.posterior.Family;
import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AveragingTest {
  private final ComputeDevice device = ComputeDevice.open(DeviceChoice.CPU, false);
  private final float[] x = Streams.batch(99, 4).x();

  @AfterEach
  void close() {
    device.close();
  }

  private BayesianNetwork network(double averaging) {
    LearningSettings settings =
        LearningSettings.defaults()
            .withLearningRate(LearningRate.constant(3e-3))
            .withAveraging(averaging);
    return BayesianNetwork.create(
        device,
        NetworkSpec.parse("mlp(hidden=16)"),
        Likelihood.studentT(),
        settings,
        Streams.INPUTS,
        Streams.TARGETS,
        7);
  }

  @Test
  void averaged_predictions_lie_nearer_to_the_truth_and_learning_is_the_same() {
    try (BayesianNetwork newest = network(1);
        BayesianNetwork averaged = network(.03)) {
      double newestError = 0;
      double averagedError = 0;
      for (int i = 0; i < 600; i++) {
        newest.learn(Streams.batch(i, 16));
        averaged.learn(Streams.batch(i, 16));
        if (i >= 300) {
          newestError += squaredError(newest);
          averagedError += squaredError(averaged);
        }
      }
      assertThat(averagedError).isLessThan(.9 * newestError);
      assertThat(averaged.weightMeans()).isEqualTo(newest.weightMeans());
    }
  }

  private double squaredError(BayesianNetwork network) {
    float[] location = network.predict(x, 4).parameters()[0];
    double sum = 0;
    for (int row = 0; row < 4; row++) {
      double mean = 0;
      for (int draw = 0; draw < 16; draw++) {
        mean += location[(draw * 4 + row) * Streams.TARGETS] / 16;
      }
      double truth = x[row * Streams.INPUTS] - 2 * x[row * Streams.INPUTS + 1];
      sum += (mean - truth) * (mean - truth);
    }
    return sum;
  }

  @Test
  void the_average_survives_a_restart() {
    try (BayesianNetwork whole = network(.03);
        BayesianNetwork resumed = network(.03)) {
      for (int i = 0; i < 30; i++) {
        whole.learn(Streams.batch(i, 16));
      }
      StateWriter out = new StateWriter("test", 1);
      whole.saveTo(out);
      resumed.restore(new StateReader("test", 1, out.toBytes()));
      assertThat(resumed.predict(x, 4).parameters())
          .isDeepEqualTo(whole.predict(x, 4).parameters());
    }
  }

  @Test
  void a_tenth_of_the_steps_so_far_is_averaged_until_the_share_is_reached() {
    LearningSettings settings = LearningSettings.defaults().withAveraging(.02);
    assertThat(settings.averagingAt(0)).isEqualTo(1);
    assertThat(settings.averagingAt(90)).isEqualTo(.1);
    assertThat(settings.averagingAt(490)).isEqualTo(.02);
    assertThat(settings.averagingAt(1_000_000)).isEqualTo(.02);
    assertThat(LearningSettings.defaults().averagingAt(1000)).isEqualTo(1);
  }

  @Test
  void averaging_that_is_switched_on_later_begins_at_the_means() {
    try (BayesianNetwork before = network(1);
        BayesianNetwork after = network(.03)) {
      for (int i = 0; i < 30; i++) {
        before.learn(Streams.batch(i, 16));
      }
      StateWriter out = new StateWriter("test", 1);
      before.saveTo(out);
      after.restore(new StateReader("test", 1, out.toBytes()));
      assertThat(after.predict(x, 4).parameters()).isDeepEqualTo(before.predict(x, 4).parameters());
    }
  }

  @Test
  void other_families_do_not_offer_it() {
    LearningSettings ranked = LearningSettings.defaults().withFamily(new Family.LowRank(4), 2);
    assertThatThrownBy(() -> ranked.withAveraging(.03))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mean-field");
  }
}
