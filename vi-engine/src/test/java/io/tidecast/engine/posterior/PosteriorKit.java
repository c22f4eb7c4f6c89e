package io.tidecast.engine.posterior;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every family must do; one subclass per family. */
abstract class PosteriorKit {
  static final WeightLayout LAYOUT =
      new WeightLayout(
          List.of(
              new WeightLayout.Shape(4, 4), new WeightLayout.Shape(1, LinearRegression.D - 16)));
  static final LinearRegression DATA = new LinearRegression(5);
  private static final double N = LinearRegression.ROWS;

  abstract Family family();

  private Driver driver(UpdateRule rule) {
    return driver(rule, false);
  }

  private Driver driver(UpdateRule rule, boolean masked) {
    int components = family().components();
    double[] start =
        new Random(2).doubles((long) components * LinearRegression.D, -.1, .1).toArray();
    return new Driver(
        family(), LAYOUT, Driver.prior(components, start, 1, 100), 2 * components, rule, masked);
  }

  private static Function<double[], double[]> batch(int step) {
    int[] rows = new Random(step).ints(50, 0, LinearRegression.ROWS).toArray();
    return theta -> {
      double[] g = DATA.gradient(theta, rows);
      return Arrays.stream(g).map(x -> x * N / rows.length).toArray();
    };
  }

  @Test
  void a_restored_posterior_continued_equals_one_never_stopped_bit_for_bit() {
    UpdateRule rule = new UpdateRule(.9, .999, UpdateRule.NOISE_LIMIT, true);
    try (Driver whole = driver(rule);
        Driver resumed = driver(rule)) {
      for (int t = 0; t < 40; t++) {
        whole.step(batch(t), N, .02, 1e-2);
      }
      resumed.restore(whole.save(), 40);
      for (int t = 40; t < 80; t++) {
        whole.step(batch(t), N, .02, 1e-2);
        resumed.step(batch(t), N, .02, 1e-2);
      }
      assertThat(resumed.save()).isEqualTo(whole.save());
    }
  }

  @ParameterizedTest(name = "masked as on a GPU: {0}")
  @ValueSource(booleans = {false, true})
  void scores_that_are_not_finite_change_nothing(boolean masked) {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      try (Driver driver = driver(new UpdateRule(.9, .999, UpdateRule.NOISE_LIMIT, true), masked)) {
        for (int t = 0; t < 5; t++) {
          driver.step(batch(t), N, .02, 1e-2);
        }
        byte[] before = driver.save();
        driver.step(
            theta -> {
              double[] g = DATA.fullGradient(theta);
              g[3] = bad;
              return g;
            },
            N,
            .02,
            1e-2);
        assertThat(driver.save()).isEqualTo(before);
        driver.step(batch(6), N, .02, 1e-2);
        assertThat(driver.save()).isNotEqualTo(before);
      }
    }
  }

  @Test
  void the_script_of_a_gpu_moves_the_posterior_as_that_of_a_cpu_does() {
    UpdateRule rule = new UpdateRule(.9, .999, UpdateRule.NOISE_LIMIT, true);
    try (Driver branched = driver(rule, false);
        Driver masked = driver(rule, true)) {
      for (int t = 0; t < 40; t++) {
        branched.step(batch(t), N, .02, 1e-2);
        masked.step(batch(t), N, .02, 1e-2);
      }
      assertThat(masked.save()).isEqualTo(branched.save());
    }
  }

  @Test
  void precisions_stay_positive_under_scores_of_any_size() {
    try (Driver driver = driver(Driver.UNLIMITED)) {
      Random random = new Random(7);
      for (int t = 0; t < 300; t++) {
        double size = Math.pow(10, random.nextDouble() * 16 - 4);
        driver.step(theta -> random.doubles(theta.length, -size, size).toArray(), N, .05, 1e-3);
      }
      for (float precision : driver.posterior.precision()) {
        assertThat(precision).isPositive().isFinite();
      }
    }
  }

  @Test
  void a_spike_moves_the_means_no_further_than_an_ordinary_step() {
    meansWithstandASpike(new UpdateRule(.9, .999, UpdateRule.NOISE_LIMIT, true));
  }

  final void meansWithstandASpike(UpdateRule rule) {
    try (Driver driver = driver(rule)) {
      for (int t = 0; t < 200; t++) {
        driver.step(batch(t), N, .02, 1e-3);
      }
      float[] before = driver.posterior.mean();
      driver.step(
          theta -> Arrays.stream(DATA.fullGradient(theta)).map(g -> g * 1e9).toArray(),
          N,
          .02,
          1e-3);
      for (int t = 0; t < 5; t++) {
        driver.step(batch(200 + t), N, .02, 1e-3);
      }
      float[] after = driver.posterior.mean();
      for (int i = 0; i < after.length; i++) {
        assertThat(after[i] - before[i]).isBetween(-6 * 2e-3f, 6 * 2e-3f);
      }
    }
  }

  @Test
  void no_native_array_is_left_behind_by_a_step() {
    try (Driver driver = driver(Driver.UNLIMITED)) {
      driver.step(batch(0), N, .02, 1e-3);
      int live = driver.liveArrays();
      for (int t = 0; t < 200; t++) {
        driver.step(batch(t), N, .02, 1e-3);
      }
      assertThat(driver.liveArrays()).isEqualTo(live);
    }
  }
}
