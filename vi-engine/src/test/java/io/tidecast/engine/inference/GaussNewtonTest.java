package io.tidecast.engine.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.DeviceChoice;
import io.tidecast.engine.network.Categorical;
import io.tidecast.engine.network.Gaussian;
import io.tidecast.engine.network.LearnedStudentT;
import io.tidecast.engine.network.Likelihood;
import io.tidecast.engine.network.NegativeBinomial;
import io.tidecast.engine.network.NetworkSpec;
import io.tidecast.engine.network.StudentT;
import io.tidecast.engine.posterior.Family;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Precisions by the Gauss-Newton diagonal of sampled labels. */
class GaussNewtonTest {
  private static final Family GAUSS_NEWTON = new Family.MeanField(Family.Curvature.GAUSS_NEWTON);
  private static final int ROWS = 32;
  private static final double MEMORY = 2000;
  private static final double OMEGA = 2;
  private final ComputeDevice device = ComputeDevice.open(DeviceChoice.CPU, false);

  @AfterEach
  void close() {
    device.close();
  }

  private BayesianNetwork network(Likelihood likelihood, Family family, int inputs, int targets) {
    return network(likelihood, settings(family, 2), inputs, targets);
  }

  private static LearningSettings settings(Family family, int draws) {
    return LearningSettings.defaults()
        .withFamily(family, draws)
        .withMemory(MEMORY, OMEGA)
        .withLearningRate(LearningRate.constant(0))
        .withDiagnoseEvery(1);
  }

  private BayesianNetwork network(
      Likelihood likelihood, LearningSettings settings, int inputs, int targets) {
    return BayesianNetwork.create(
        device, NetworkSpec.parse("linear"), likelihood, settings, inputs, targets, 3);
  }

  private static MiniBatch batch(Random random, int inputs, int targets) {
    float[] x = new float[ROWS * inputs];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return MiniBatch.of(x, new float[ROWS * targets], ROWS);
  }

  /** Fisher information of one output at output 0, in nats^-2; where it is known in closed form. */
  static Stream<Arguments> informations() {
    double scale = Math.exp(-.7);
    return Stream.of(
        Arguments.of(new Gaussian(OptionalDouble.of(.5)), 0, 1 / .25),
        Arguments.of(new Gaussian(OptionalDouble.empty()), 1, 2),
        // location of a Student t: (nu + 1) / (nu + 3) / scale^2; log scale: 2 nu / (nu + 3)
        Arguments.of(new StudentT(5), 0, 6.0 / 8 / (scale * scale)),
        Arguments.of(new StudentT(5), 1, 10.0 / 8),
        Arguments.of(new LearnedStudentT(), 0, 6.0 / 8 / (scale * scale)),
        // log mean of a negative binomial with mu = r = 1: mu r / (mu + r)
        Arguments.of(new NegativeBinomial(), 0, .5),
        // logit of one of four even classes: p (1 - p)
        Arguments.of(new Categorical(4), 0, .25 * .75));
  }

  @ParameterizedTest(name = "{0}, output {1}")
  @MethodSource("informations")
  void precisions_settle_at_prior_plus_memory_times_the_fisher_information(
      Likelihood likelihood, int output, double information) {
    int inputs = 8;
    Random random = new Random(5);
    try (BayesianNetwork network = network(likelihood, GAUSS_NEWTON, inputs, 1)) {
      double sum = 0;
      int counted = 0;
      int outputs = likelihood.outputs(1);
      for (int step = 0; step < 2500; step++) {
        network.learn(batch(random, inputs, 1));
        if (step >= 600 && step % 10 == 0) {
          float[] precision = network.weightPrecisions();
          for (int i = 0; i < inputs; i++) {
            sum += precision[i * outputs + output];
            counted++;
          }
        }
      }
      // inputs of unit variance; the draws around 0 are narrow, so the outputs stay near their
      // start
      double expected = inputs + MEMORY * OMEGA * information;
      assertThat(sum / counted / expected).isBetween(.9, 1.1);
    }
  }

  @Test
  void one_draw_per_step_is_enough() {
    double expected = 4 + MEMORY * OMEGA * 4;
    Random random = new Random(5);
    LearningSettings settings = settings(GAUSS_NEWTON, 1);
    Likelihood likelihood = new Gaussian(OptionalDouble.of(.5));
    try (BayesianNetwork network = network(likelihood, settings, 4, 1)) {
      double sum = 0;
      for (int step = 0; step < 2500; step++) {
        network.learn(batch(random, 4, 1));
        for (int i = 0; i < 4 && step >= 1000; i++) {
          sum += network.weightPrecisions()[i] / 6_000;
        }
      }
      assertThat(sum / expected).isBetween(.9, 1.1);
    }
    assertThatThrownBy(() -> settings(new Family.MeanField(), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("antithetic");
  }

  @Test
  void at_a_hundred_thousand_weights_they_move_where_single_regressions_stand_still() {
    int inputs = 400;
    int targets = 250;
    double fisher = inputs + MEMORY * OMEGA / targets / .25;
    Map<Family.Curvature, Double> error = new EnumMap<>(Family.Curvature.class);
    for (Family.Curvature curvature : Family.Curvature.values()) {
      double log = meanLogRatio(new Family.MeanField(curvature), inputs, targets, fisher);
      System.out.printf("%s: mean log(precision / truth) %.2f%n", curvature, log);
      error.put(curvature, Math.abs(log));
    }
    assertThat(error.get(Family.Curvature.GAUSS_NEWTON)).isLessThan(.1);
    assertThat(error.get(Family.Curvature.UNIT)).isLessThan(.1);
    assertThat(error.get(Family.Curvature.WEIGHT)).isGreaterThan(1);
  }

  /** Mean over the weights of the log ratio of precision and truth, after 600 steps. */
  private double meanLogRatio(Family family, int inputs, int targets, double truth) {
    Random random = new Random(5);
    try (BayesianNetwork network =
        network(new Gaussian(OptionalDouble.of(.5)), family, inputs, targets)) {
      for (int step = 0; step < 600; step++) {
        network.learn(batch(random, inputs, targets));
      }
      double sum = 0;
      float[] precision = network.weightPrecisions();
      for (int i = 0; i < inputs * targets; i++) {
        sum += Math.log(precision[i] / truth);
      }
      return sum / (inputs * targets);
    }
  }
}
