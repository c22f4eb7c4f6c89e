package io.tidecast.engine.forecast;

import io.tidecast.engine.predict.Levels;

/**
 * The 21 quantile levels of every forecast, and what a quantile function given at them is worth.
 *
 * <p>A forecast is a row of 21 ascending quantiles. Between two levels its distribution function is
 * linear, beyond the outer ones it has exponential tails that carry the remaining mass and continue
 * the slope of the neighbouring segment.
 */
final class QuantileLevels {
  static final int COUNT = Levels.COUNT;
  static final int MEDIAN = Levels.MEDIAN;

  private static final double[] LEVELS = Levels.all();

  /** Standard normal quantiles at the levels. */
  private static final float[] NORMAL =
      mirrored(
          1.9599640, 1.6448536, 1.2815516, 1.0364334, 0.8416212, 0.6744898, 0.5244005, 0.3853205,
          0.2533471, 0.1256613);

  /** Quantiles of Student's t with 5 degrees of freedom at the levels. */
  private static final float[] STUDENT5 =
      mirrored(
          2.5705818, 2.0150484, 1.4758840, 1.1557673, 0.9195438, 0.7266868, 0.5594296, 0.4081889,
          0.2671809, 0.1321752);

  private QuantileLevels() {}

  static float normal(int q) {
    return NORMAL[q];
  }

  static float student5(int q) {
    return STUDENT5[q];
  }

  /** Writes {@code location + scale * quantile} of Student's t(5) at all levels. */
  static void student5(double location, double scale, float[] out, int at) {
    shifted(STUDENT5, location, scale, out, at);
  }

  /**
   * Continuous ranked probability score.
   *
   * @param quantiles holds a forecast [21] from {@code at} on
   */
  static double crps(float[] quantiles, int at, double truth) {
    double sum = 0;
    for (int q = 0; q < COUNT; q++) {
      sum += Levels.crps(q, quantiles[at + q], truth);
    }
    return sum;
  }

  /** Probability integral transform: the forecast's distribution function at the truth, in 0..1. */
  static double pit(float[] quantiles, int at, double truth) {
    int above = segment(quantiles, at, truth);
    if (above == 0) {
      double slope = slope(quantiles, at, 0);
      return LEVELS[0] * Math.exp(-(quantiles[at] - truth) * slope / LEVELS[0]);
    }
    if (above == COUNT) {
      double tail = 1 - LEVELS[COUNT - 1];
      double slope = slope(quantiles, at, COUNT - 2);
      return 1 - tail * Math.exp(-(truth - quantiles[at + COUNT - 1]) * slope / tail);
    }
    double lower = quantiles[at + above - 1];
    double width = quantiles[at + above] - lower;
    double share = width > 0 ? (truth - lower) / width : 1;
    return LEVELS[above - 1] + share * (LEVELS[above] - LEVELS[above - 1]);
  }

  /** Value at a level in 0..1, exclusive: the inverse of {@link #pit}. */
  static double quantile(float[] quantiles, int at, double level) {
    if (level < LEVELS[0]) {
      return quantiles[at] + LEVELS[0] / slope(quantiles, at, 0) * Math.log(level / LEVELS[0]);
    }
    if (level >= LEVELS[COUNT - 1]) {
      double tail = 1 - LEVELS[COUNT - 1];
      double slope = slope(quantiles, at, COUNT - 2);
      return quantiles[at + COUNT - 1] - tail / slope * Math.log((1 - level) / tail);
    }
    int q = 0;
    while (LEVELS[q + 1] <= level) {
      q++;
    }
    double share = (level - LEVELS[q]) / (LEVELS[q + 1] - LEVELS[q]);
    return quantiles[at + q] + share * (quantiles[at + q + 1] - quantiles[at + q]);
  }

  /** Log density of the forecast at the truth, nats. */
  static double logDensity(float[] quantiles, int at, double truth) {
    int above = segment(quantiles, at, truth);
    if (above == 0) {
      double slope = slope(quantiles, at, 0);
      return Math.log(slope) - (quantiles[at] - truth) * slope / LEVELS[0];
    }
    if (above == COUNT) {
      double slope = slope(quantiles, at, COUNT - 2);
      double tail = 1 - LEVELS[COUNT - 1];
      return Math.log(slope) - (truth - quantiles[at + COUNT - 1]) * slope / tail;
    }
    return Math.log(slope(quantiles, at, above - 1));
  }

  /**
   * Whether the truth, rounded like the quantiles, lies in the band whose lower end is level {@code
   * lower}. So a value that repeats itself exactly lies in a band that is no wider than rounding.
   */
  static boolean inside(float[] quantiles, int at, double truth, int lower) {
    float rounded = (float) truth;
    return rounded >= quantiles[at + lower] && rounded <= quantiles[at + COUNT - 1 - lower];
  }

  /** Mean of the distribution that the quantiles stand for. */
  static double mean(float[] quantiles, int at) {
    double sum = 0;
    for (int q = 0; q < COUNT; q++) {
      sum += Levels.weight(q) * quantiles[at + q];
    }
    return sum;
  }

  /** Number of quantiles below the truth. */
  private static int segment(float[] quantiles, int at, double truth) {
    int q = 0;
    while (q < COUNT && quantiles[at + q] < truth) {
      q++;
    }
    return q;
  }

  /** Density between levels q and q+1; quantiles that fall together count as a sliver apart. */
  private static double slope(float[] quantiles, int at, int q) {
    double width = (double) quantiles[at + q + 1] - quantiles[at + q];
    double sliver = 1e-6 + 1e-6 * Math.abs(quantiles[at + q]);
    return (LEVELS[q + 1] - LEVELS[q]) / Math.max(width, sliver);
  }

  private static void shifted(
      float[] standard, double location, double scale, float[] out, int at) {
    for (int q = 0; q < COUNT; q++) {
      out[at + q] = (float) (location + scale * standard[q]);
    }
  }

  private static float[] mirrored(double... upper) {
    float[] all = new float[COUNT];
    for (int q = 0; q < MEDIAN; q++) {
      all[q] = (float) -upper[q];
      all[COUNT - 1 - q] = (float) upper[q];
    }
    return all;
  }
}
