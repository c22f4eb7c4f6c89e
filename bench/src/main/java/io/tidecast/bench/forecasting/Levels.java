package io.tidecast.bench.forecasting;

/** The 21 levels at which forecasts are compared, and the quadrature of the score. */
final class Levels {
  static final int COUNT = 21;
  static final int MEDIAN = 10;

  private static final double[] LEVELS = {
    .025, .05, .10, .15, .20, .25, .30, .35, .40, .45, .50, .55, .60, .65, .70, .75, .80, .85, .90,
    .95, .975
  };

  private static final double[] NORMAL = {
    1.9599640, 1.6448536, 1.2815516, 1.0364334, 0.8416212, 0.6744898, 0.5244005, 0.3853205,
    0.2533471, 0.1256613, 0
  };

  private Levels() {}

  /** Standard normal quantile at a level. */
  static double standardNormal(int q) {
    return q <= MEDIAN ? -NORMAL[q] : NORMAL[COUNT - 1 - q];
  }

  static double of(int q) {
    return LEVELS[q];
  }

  /** Share of the unit interval nearest to a level. */
  static double weight(int q) {
    double lower = q == 0 ? 0 : (LEVELS[q - 1] + LEVELS[q]) / 2;
    double upper = q == COUNT - 1 ? 1 : (LEVELS[q] + LEVELS[q + 1]) / 2;
    return upper - lower;
  }
}
