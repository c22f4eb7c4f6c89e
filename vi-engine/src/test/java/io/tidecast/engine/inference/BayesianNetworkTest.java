package io.tidecast.engine.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.DeviceChoice;
import io.tidecast.engine.network.Categorical;
import io.tidecast.engine.network.Gaussian;
import io.tidecast.engine.network.Likelihood;
import io.tidecast.engine.network.NetworkSpec;
import io.tidecast.engine.posterior.Family;
import io.tidecast.engine.predict.Predictive;
import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import io.tidecast.engine.state.UnreadableStateException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BayesianNetworkTest {
  private static final String MLP = "mlp(hidden=16)";
  private final ComputeDevice device = ComputeDevice.open(DeviceChoice.CPU, false);

  @AfterEach
  void close() {
    device.close();
  }

  static Stream<Arguments> kinds() {
    return Stream.of(
        Arguments.of(MLP, new Family.MeanField()),
        Arguments.of(MLP, new Family.MeanField(Family.Curvature.UNIT)),
        Arguments.of(MLP, new Family.MeanField(Family.Curvature.GAUSS_NEWTON)),
        Arguments.of(
            "gru(hidden=8, channels=2)", new Family.MeanField(Family.Curvature.GAUSS_NEWTON)),
        Arguments.of(MLP, new Family.LowRank(4)),
        Arguments.of(MLP, new Family.Mixture(2, true)),
        Arguments.of("linear", new Family.MeanField()),
        Arguments.of("gru(hidden=8, channels=2)", new Family.MeanField()),
        Arguments.of("patch(length=2, width=8, layers=1, heads=2)", new Family.MeanField()));
  }

  private BayesianNetwork network(String text, Family family, long seed) {
    return network(device, text, family, seed);
  }

  static BayesianNetwork network(ComputeDevice device, String text, Family family, long seed) {
    LearningSettings settings =
        LearningSettings.defaults()
            .withFamily(family, 2 * family.components())
            .withLearningRate(LearningRate.constant(3e-3));
    return BayesianNetwork.create(
        device,
        NetworkSpec.parse(text),
        Likelihood.studentT(),
        settings,
        Streams.INPUTS,
        Streams.TARGETS,
        seed);
  }

  private static byte[] save(BayesianNetwork network) {
    StateWriter out = new StateWriter("test", 1);
    network.saveTo(out);
    return out.toBytes();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void batches_of_ever_new_sizes_take_no_more_memory(String text, Family family) {
    try (BayesianNetwork network = network(text, family, 7)) {
      int between = 0;
      for (int rows = 1; rows <= 30; rows++) {
        network.learnThenPredict(
            List.of(Streams.batch(rows, rows)), Streams.batch(99, rows).x(), rows);
        between = rows == 15 ? device.liveArrays() : between;
      }
      assertThat(device.liveArrays()).isEqualTo(between);
      float[][] kept = network.predict(Streams.batch(99, 30).x(), 30).parameters();
      float[][] anew = network.predict(Streams.batch(99, 15).x(), 15).parameters();
      assertThat(network.predict(Streams.batch(99, 15).x(), 15).parameters()).isEqualTo(anew);
      assertThat(network.predict(Streams.batch(99, 30).x(), 30).parameters()).isEqualTo(kept);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void learning_raises_the_likelihood_and_separates_noise_from_ignorance(
      String text, Family family) {
    try (BayesianNetwork network = network(text, family, 7)) {
      double first = network.learn(Streams.batch(0, 16)).logLikelihood();
      double last = Double.NaN;
      for (int i = 1; i <= 1600; i++) {
        StepReport report = network.learn(Streams.batch(i, 16));
        last = Double.isNaN(report.logLikelihood()) ? last : report.logLikelihood();
      }
      assertThat(last).isGreaterThan(first + .5);
      Predictive near = network.predict(new float[] {.5f, -.5f, 0, 0, 0, 0}, 1);
      Predictive far = network.predict(new float[] {8, -8, 8, -8, 8, -8}, 1);
      assertThat(near.mean(0, 0)).isBetween(1.0, 2.0);
      assertThat(far.epistemicVariance(0, 0)).isGreaterThan(near.epistemicVariance(0, 0));
      assertThat(near.quantiles(0, 0, new double[] {.05, .5, .95})).isSorted();
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void a_restored_network_goes_on_bit_for_bit_as_if_it_had_never_stopped(
      String text, Family family) {
    try (BayesianNetwork whole = network(text, family, 7);
        BayesianNetwork resumed = network(text, family, 7)) {
      for (int i = 0; i < 30; i++) {
        whole.learn(Streams.batch(i, 16));
      }
      resumed.restore(new StateReader("test", 1, save(whole)));
      for (int i = 30; i < 60; i++) {
        whole.learn(Streams.batch(i, 16));
        resumed.learn(Streams.batch(i, 16));
      }
      assertThat(resumed.hash()).isEqualTo(whole.hash());
      float[] x = Streams.batch(99, 4).x();
      assertThat(resumed.predict(x, 4).parameters())
          .isDeepEqualTo(whole.predict(x, 4).parameters());
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void several_batches_and_a_prediction_in_one_call_are_as_if_each_came_alone(
      String text, Family family) {
    try (BayesianNetwork one = network(text, family, 7);
        BayesianNetwork several = network(text, family, 7)) {
      for (int i = 0; i < 30; i += 3) {
        List<MiniBatch> batches =
            List.of(Streams.batch(i, 16), Streams.batch(i + 1, 5), Streams.batch(i + 2, 16));
        List<StepReport> reports = several.learn(batches);
        for (int k = 0; k < 3; k++) {
          assertThat(untimed(reports.get(k))).isEqualTo(untimed(one.learn(batches.get(k))));
        }
      }
      assertThat(several.hash()).isEqualTo(one.hash());

      List<MiniBatch> batches = List.of(Streams.batch(30, 16), Streams.batch(31, 16));
      float[] x = Streams.batch(32, 3).x();
      Predictive together = several.learnThenPredict(batches, x, 3);
      one.learn(batches);
      assertThat(together.parameters()).isDeepEqualTo(one.predict(x, 3).parameters());
      assertThat(several.hash()).isEqualTo(one.hash());
    }
  }

  private static StepReport untimed(StepReport r) {
    return new StepReport(
        r.step(),
        r.skipped(),
        0,
        r.logLikelihood(),
        r.curvature(),
        r.noise(),
        r.precisionRate(),
        r.meanStep(),
        r.signalToNoise());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void native_arrays_do_not_pile_up(String text, Family family) {
    try (BayesianNetwork network = network(text, family, 7)) {
      float[] x = Streams.batch(99, 4).x();
      network.learn(Streams.batch(0, 16));
      network.predict(x, 4);
      int live = device.liveArrays();
      for (int i = 1; i < 300; i++) {
        network.learn(Streams.batch(i, 16));
        network.predict(x, 4);
      }
      assertThat(device.liveArrays()).isEqualTo(live);
    }
  }

  @Test
  void a_batch_with_a_value_that_is_not_finite_is_skipped_and_said_so() {
    try (BayesianNetwork network = network(MLP, new Family.MeanField(), 7)) {
      network.learn(Streams.batch(0, 16));
      float[] before = network.weightMeans();
      MiniBatch good = Streams.batch(1, 16);
      float[] broken = good.y().clone();
      broken[5] = Float.NaN;
      StepReport report = network.learn(new MiniBatch(good.x(), broken, good.mask(), 16, 16));

      assertThat(report.skipped()).isTrue();
      assertThat(network.weightMeans()).isEqualTo(before);
      assertThat(network.learn(good).skipped()).isFalse();
      assertThat(network.weightMeans()).isNotEqualTo(before);
    }
  }

  @Test
  void an_unknown_target_has_no_influence() {
    try (BayesianNetwork one = network(MLP, new Family.MeanField(), 7);
        BayesianNetwork other = network(MLP, new Family.MeanField(), 7)) {
      MiniBatch batch = Streams.batch(1, 16);
      float[] mask = batch.mask().clone();
      mask[3] = 0;
      float[] y = batch.y().clone();
      y[3] = 1000;
      one.learn(new MiniBatch(batch.x(), batch.y(), mask, 16, 16));
      other.learn(new MiniBatch(batch.x(), y, mask, 16, 16));
      assertThat(other.weightMeans()).isEqualTo(one.weightMeans());
    }
  }

  @Test
  void another_seed_gives_another_network_and_the_same_seed_the_same() {
    try (BayesianNetwork one = network(MLP, new Family.MeanField(), 7);
        BayesianNetwork same = network(MLP, new Family.MeanField(), 7);
        BayesianNetwork another = network(MLP, new Family.MeanField(), 8)) {
      for (BayesianNetwork network : List.of(one, same, another)) {
        network.learn(Streams.batch(0, 16));
      }
      assertThat(same.hash()).isEqualTo(one.hash());
      assertThat(another.hash()).isNotEqualTo(one.hash());
    }
  }

  @Test
  void a_state_of_another_network_is_refused_by_name() {
    try (BayesianNetwork one = network(MLP, new Family.MeanField(), 7);
        BayesianNetwork wider = network("mlp(hidden=17)", new Family.MeanField(), 7);
        BayesianNetwork ranked = network(MLP, new Family.LowRank(2), 7)) {
      StateReader saved = new StateReader("test", 1, save(one));
      assertThatThrownBy(() -> wider.restore(saved))
          .isInstanceOf(UnreadableStateException.class)
          .hasMessageContaining("hidden=17");
      assertThatThrownBy(() -> ranked.restore(saved))
          .isInstanceOf(UnreadableStateException.class)
          .hasMessageContaining("LowRank");
    }
  }

  @Test
  void memory_and_learning_rate_can_be_changed_between_steps() {
    try (BayesianNetwork network = network(MLP, new Family.MeanField(), 7)) {
      network.learn(Streams.batch(0, 16));
      network.setLearningRate(LearningRate.constant(0));
      network.setMemory(500, 2);
      float[] before = network.weightMeans();
      network.learn(Streams.batch(1, 16));
      assertThat(network.weightMeans()).isEqualTo(before);
      assertThat(network.settings().memory().nEff()).isEqualTo(500);
    }
  }

  @Test
  void classes_are_told_apart_with_probabilities() {
    try (BayesianNetwork network =
        BayesianNetwork.create(
            device,
            NetworkSpec.parse(MLP),
            new Categorical(2),
            LearningSettings.defaults().withLearningRate(LearningRate.constant(5e-3)),
            Streams.INPUTS,
            1,
            7)) {
      for (int i = 0; i < 400; i++) {
        MiniBatch batch = Streams.batch(i, 16);
        float[] label = new float[16];
        float[] known = new float[16];
        Arrays.fill(known, 1);
        for (int b = 0; b < 16; b++) {
          label[b] = batch.x()[b * Streams.INPUTS] > 0 ? 1 : 0;
        }
        network.learn(new MiniBatch(batch.x(), label, known, 16, 16));
      }
      double[] p = network.classify(new float[] {2, 0, 0, 0, 0, 0}, 1).probabilities(0);
      assertThat(p[1]).isGreaterThan(.95);
      assertThat(p[0] + p[1]).isBetween(1 - 1e-6, 1 + 1e-6);
      assertThatThrownBy(() -> network.predict(new float[6], 1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("classify");
    }
  }

  @Test
  void pooled_and_fresh_normals_lead_to_the_same_posterior_within_its_noise() {
    double pooled = meanLogPrecision(Noise.POOLED);
    double fresh = meanLogPrecision(Noise.FRESH);
    assertThat(pooled - fresh).isBetween(-.1, .1);
  }

  private double meanLogPrecision(Noise noise) {
    LearningSettings settings =
        LearningSettings.defaults()
            .withMemory(2000, 1)
            .withNoise(noise)
            .withLearningRate(LearningRate.constant(1e-3));
    try (BayesianNetwork network =
        BayesianNetwork.create(
            device,
            NetworkSpec.parse("linear"),
            new Gaussian(OptionalDouble.of(.3)),
            settings,
            Streams.INPUTS,
            Streams.TARGETS,
            7)) {
      for (int i = 0; i < 8000; i++) {
        network.learn(Streams.batch(i % 500, 16));
      }
      double sum = 0;
      for (float precision : network.weightPrecisions()) {
        sum += Math.log(precision);
      }
      return sum / network.parameters();
    }
  }

  @Test
  void a_batch_of_the_wrong_width_is_refused() {
    try (BayesianNetwork network = network(MLP, new Family.MeanField(), 7)) {
      assertThatThrownBy(
              () ->
                  network.learn(
                      new MiniBatch(new float[16 * 5], new float[32], new float[32], 16, 16)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected 6 inputs and 2 targets per row");
    }
  }
}
