package io.tidecast.engine.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.pytorch.engine.PtNDArray;
import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.DeviceChoice;
import io.tidecast.engine.device.TensorScope;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MeanFieldTest extends PosteriorKit {
  private static final double N = LinearRegression.ROWS;

  @Override
  Family family() {
    return new Family.MeanField();
  }

  /** The bytes that issue and documents state; a prior mean or averaging takes 4 more. */
  @ParameterizedTest(name = "{0}")
  @EnumSource(Family.Curvature.class)
  void training_takes_24_bytes_per_weight_besides_the_draws(Family.Curvature curvature) {
    int p = 10_000;
    int draws = 4;
    WeightLayout layout = new WeightLayout(List.of(new WeightLayout.Shape(100, 100)));
    Prior prior = Driver.prior(1, new double[p], 1, 100);
    try (ComputeDevice device = ComputeDevice.open(DeviceChoice.CPU, false);
        TensorScope scope = device.newScope()) {
      Posterior posterior =
          new Family.MeanField(curvature).create(scope, layout, prior, Driver.UNLIMITED);
      double state = bytes(posterior.state()) / p;
      double work = bytes(posterior.learningWork(draws)) / p;
      // a draw is a weight vector and its gradient, and half a draw of noise
      assertThat(state + work - 10.0 * draws).isCloseTo(24, within(.01));
      assertThat(state).isCloseTo(20, within(.01));
    }
  }

  @Test
  void a_spike_is_met_alike_where_means_are_averaged() {
    meansWithstandASpike(new UpdateRule(.9, .999, UpdateRule.NOISE_LIMIT, true, .015));
  }

  private static double bytes(PtNDArray[] arrays) {
    return Arrays.stream(arrays).mapToDouble(a -> 4.0 * a.size()).sum();
  }

  /** The fixed point is the ELBO optimum: variance 1 / H_ii, not the marginal variance. */
  @ParameterizedTest(name = "B={0}, M={1}")
  @CsvSource({"2000, 2, .06, .01", "2000, 8, .04, .01", "50, 2, .08, .25", "50, 8, .05, .25"})
  void the_variance_is_one_over_the_curvature_and_the_mean_is_exact(
      int rows, int draws, double variance, double mean) {
    Convergence q = Convergence.of(family(), DATA, rows, draws, 8000);
    double[] truth = new double[LinearRegression.D];
    Arrays.setAll(truth, i -> 1 / DATA.precision[i][i]);

    assertThat(Convergence.meanRelativeError(q.variance(), truth)).isLessThan(variance);
    assertThat(q.distance(DATA)[rows == N ? 1 : 0]).isLessThan(mean);
  }

  @ParameterizedTest(name = "B={0}")
  @CsvSource({"2000", "50"})
  void the_curvature_estimate_is_unbiased(int rows) {
    int d = LinearRegression.D;
    int repeats = 4000;
    double[] sum = new double[d];
    double[] squares = new double[d];
    Random random = new Random(11);
    Prior prior = Driver.prior(1, DATA.mean, 1, 3e4);
    try (Driver driver = new Driver(family(), LAYOUT, prior, 8, Driver.UNLIMITED)) {
      for (int t = 0; t < repeats; t++) {
        int[] chosen = random.ints(rows, 0, LinearRegression.ROWS).toArray();
        Function<double[], double[]> score =
            rows == N
                ? DATA::fullGradient
                : theta ->
                    Arrays.stream(DATA.gradient(theta, chosen)).map(g -> g * N / rows).toArray();
        driver.step(score, theta -> 0, N, 0, 0, false);
        double[] delta = driver.delta();
        for (int i = 0; i < d; i++) {
          sum[i] += delta[i] / repeats;
          squares[i] += delta[i] * delta[i] / repeats;
        }
      }
      float[] p = driver.posterior.precision();
      for (int i = 0; i < d; i++) {
        double expected = DATA.precision[i][i] / p[i] - 1;
        double error = Math.sqrt((squares[i] - sum[i] * sum[i]) / repeats);
        assertThat((sum[i] - expected) / error).as("weight %d", i).isBetween(-4.0, 4.0);
      }
    }
  }

  @ParameterizedTest(name = "M={0}")
  @CsvSource({"2", "4"})
  void many_weights_are_moved_block_by_block_and_none_is_left_out(int draws) {
    int weights = 70_000;
    double rate = .01;
    WeightLayout layout = new WeightLayout(List.of(new WeightLayout.Shape(1, weights)));
    Prior prior = Driver.prior(1, new double[weights], 1, 50);
    try (Driver driver = new Driver(family(), layout, prior, draws, Driver.UNLIMITED)) {
      driver.step(
          theta -> {
            double[] gradient = new double[weights];
            Arrays.setAll(gradient, i -> -(i % 7 + 20) * theta[i]);
            return gradient;
          },
          N,
          rate,
          0);
      double[] delta = driver.delta();
      float[] precision = driver.posterior.precision();
      for (int i = 0; i < weights; i++) {
        double expected = 50 * ProximalRoot.of(1 + delta[i], 1 / rate - 1);
        assertThat(precision[i] / expected).as("weight %d", i).isBetween(1 - 1e-5, 1 + 1e-5);
      }
    }
  }

  /** {@code Lambda <- (1 - rho) Lambda + rho Lambda_0 + H_batch}, learned in one pass. */
  @ParameterizedTest(name = "N_eff={0}, M={1}")
  @CsvSource({
    "2000, 2, .2",
    "2000, 8, .1",
    "2000, 32, .06",
    "20000, 2, .08",
    "20000, 8, .05",
    "20000, 32, .03"
  })
  void one_pass_over_a_stream_follows_the_exact_forgetting_filter(
      double memory, int draws, double tolerance) {
    int d = 10;
    int rows = 20;
    double[] start = new double[d];
    Prior prior = Driver.prior(1, start, 1, memory);
    WeightLayout layout = new WeightLayout(List.of(new WeightLayout.Shape(1, d)));
    double[] filter = new double[d];
    Arrays.fill(filter, memory);
    double rho = rows / memory;
    Random random = new Random(13);
    double error = 0;
    int counted = 0;
    try (Driver driver = new Driver(family(), layout, prior, draws, Driver.UNLIMITED)) {
      int steps = (int) Math.max(3000, 3 / rho);
      for (int t = 0; t < steps; t++) {
        double[][] x = new double[rows][d];
        double[] y = random.doubles(rows, -1, 1).toArray();
        double[] curvature = new double[d];
        for (double[] row : x) {
          for (int i = 0; i < d; i++) {
            row[i] = random.nextGaussian() * (i + 1) / d;
            curvature[i] += row[i] * row[i];
          }
        }
        driver.step(
            theta -> {
              double[] g = new double[d];
              for (int b = 0; b < rows; b++) {
                double residual = y[b];
                for (int i = 0; i < d; i++) {
                  residual -= x[b][i] * theta[i];
                }
                for (int i = 0; i < d; i++) {
                  g[i] += x[b][i] * residual * memory / rows;
                }
              }
              return g;
            },
            memory,
            rho,
            0);
        for (int i = 0; i < d; i++) {
          filter[i] = (1 - rho) * filter[i] + rho * 1 + curvature[i];
        }
        if (t > steps * .7 && t % 10 == 0) {
          float[] p = driver.posterior.precision();
          for (int i = 0; i < d; i++) {
            error += Math.abs(filter[i] / p[i] - 1);
            counted++;
          }
        }
      }
    }
    assertThat(error / counted).isLessThan(tolerance);
  }
}
