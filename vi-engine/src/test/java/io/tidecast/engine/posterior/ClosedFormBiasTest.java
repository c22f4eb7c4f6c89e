package io.tidecast.engine.posterior;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Why the closed form of Batch and Match (Cai et al. 2024, eq. 8 to 11) is not used on
 * mini-batches: it matches the covariance of the scores, to which mini-batch noise adds. One
 * weight, exact posterior variance known.
 */
class ClosedFormBiasTest {
  private static final int ROWS = 2000;
  private static final int BATCH = 50;
  private static final int DRAWS = 8;
  private final double[] x = new double[ROWS];
  private final double[] y = new double[ROWS];
  private final double curvature;

  ClosedFormBiasTest() {
    Random random = new Random(3);
    double sum = 1;
    for (int n = 0; n < ROWS; n++) {
      x[n] = random.nextGaussian();
      y[n] = .7 * x[n] + random.nextGaussian();
      sum += x[n] * x[n];
    }
    curvature = sum;
  }

  private double score(double theta, int[] rows) {
    double g = 0;
    for (int n : rows) {
      g += x[n] * (y[n] - x[n] * theta);
    }
    return g * ROWS / rows.length - theta;
  }

  private int[] batch(Random random) {
    return random.ints(BATCH, 0, ROWS).toArray();
  }

  /** Relative error of the variance, averaged over the second half. */
  private double batchAndMatch(boolean shared) {
    Random random = new Random(5);
    double lambda = DRAWS;
    double m = 0;
    double v = 2.0 / ROWS;
    double average = 0;
    int steps = 4000;
    for (int t = 0; t < steps; t++) {
      double[] z = new double[DRAWS];
      double[] g = new double[DRAWS];
      int[] rows = batch(random);
      double zMean = 0;
      double gMean = 0;
      for (int b = 0; b < DRAWS; b++) {
        z[b] = m + Math.sqrt(v) * random.nextGaussian();
        g[b] = score(z[b], shared ? rows : batch(random));
        zMean += z[b] / DRAWS;
        gMean += g[b] / DRAWS;
      }
      double zVar = 0;
      double gVar = 0;
      for (int b = 0; b < DRAWS; b++) {
        zVar += (z[b] - zMean) * (z[b] - zMean) / DRAWS;
        gVar += (g[b] - gMean) * (g[b] - gMean) / DRAWS;
      }
      double u = lambda * gVar + lambda / (1 + lambda) * gMean * gMean;
      double w = v + lambda * zVar + lambda / (1 + lambda) * (m - zMean) * (m - zMean);
      v = 2 * w / (1 + Math.sqrt(1 + 4 * u * w));
      m = m / (1 + lambda) + lambda / (1 + lambda) * (v * gMean + zMean);
      average += t >= steps / 2 ? v * curvature / (steps / 2.0) : 0;
    }
    return average - 1;
  }

  /** The proximal step on the same scores. */
  private double proximal() {
    Random random = new Random(5);
    double m = .7;
    double p = ROWS / 2.0;
    double average = 0;
    int steps = 8000;
    for (int t = 0; t < steps; t++) {
      int[] rows = batch(random);
      double delta = 0;
      for (int k = 0; k < DRAWS / 2; k++) {
        double u = random.nextGaussian();
        double up = score(m + u / Math.sqrt(p), rows);
        double down = score(m - u / Math.sqrt(p), rows);
        delta -= ((up - down) / 2 / Math.sqrt(p) + u) * u / (DRAWS / 2.0);
      }
      p *= ProximalRoot.of(1 + delta, 1 / .005 - 1);
      average += t >= steps / 2 ? curvature / p / (steps / 2.0) : 0;
    }
    return average - 1;
  }

  @Test
  void a_shared_batch_makes_the_closed_forms_variance_too_small() {
    assertThat(batchAndMatch(true)).isLessThan(-.03);
  }

  @Test
  void independent_batches_make_it_collapse() {
    assertThat(batchAndMatch(false)).isLessThan(-.9);
  }

  @Test
  void the_proximal_step_is_unbiased_on_the_same_scores() {
    assertThat(proximal()).isBetween(-.02, .02);
  }
}
