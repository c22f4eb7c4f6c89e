package io.tidecast.engine.supervised;

import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * The 21 quantile levels of every predictive distribution, and what quantiles at them are worth.
 */
final class Levels {
  static final int COUNT = 21;
  static final int MEDIAN = COUNT / 2;

  /** Index of the lower end of the 50, 80, 90 and 95 % band; the upper end mirrors it. */
  static final int[] BANDS = {5, 2, 1, 0};

  private static final double[] LEVELS = {
    .025, .05, .10, .15, .20, .25, .30, .35, .40, .45, .50, .55, .60, .65, .70, .75, .80, .85, .90,
    .95, .975
  };
  private static final double[] NORMAL = normal();

  private Levels() {}

  static double[] all() {
    return LEVELS.clone();
  }

  static double level(int q) {
    return LEVELS[q];
  }

  /** Standard normal quantile at a level. */
  static double normal(int q) {
    return NORMAL[q];
  }

  private static double[] normal() {
    NormalDistribution standard = new NormalDistribution();
    double[] z = new double[COUNT];
    for (int q = 0; q < COUNT; q++) {
      z[q] = q == MEDIAN ? 0 : standard.inverseCumulativeProbability(LEVELS[q]);
    }
    return z;
  }

  /**
   * Continuous ranked probability score, as twice the pinball loss over the levels, each weighted
   * by the share of the unit interval nearest to it (Gneiting and Ranjan 2011, eq. 10).
   */
  static double crps(double[] quantiles, double truth) {
    double sum = 0;
    double edge = 0;
    for (int q = 0; q < COUNT; q++) {
      double next = q + 1 < COUNT ? (LEVELS[q] + LEVELS[q + 1]) / 2 : 1;
      double e = truth - quantiles[q];
      sum += (next - edge) * Math.max(LEVELS[q] * e, (LEVELS[q] - 1) * e);
      edge = next;
    }
    return 2 * sum;
  }

  static boolean inside(double[] quantiles, double truth, int lower) {
    return truth >= quantiles[lower] && truth <= quantiles[COUNT - 1 - lower];
  }
}
