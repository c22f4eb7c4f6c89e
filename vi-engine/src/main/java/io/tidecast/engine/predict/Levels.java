package io.tidecast.engine.predict;

/** The 21 quantile levels of every predictive distribution, and their quadrature. */
public final class Levels {
  public static final int COUNT = 21;
  public static final int MEDIAN = COUNT / 2;

  /** Index of the lower end of the 50, 80, 90 and 95 % band; the upper end mirrors it. */
  public static final int BAND50 = 5;

  public static final int BAND80 = 2;
  public static final int BAND90 = 1;
  public static final int BAND95 = 0;

  private static final double[] LEVELS = {
    .025, .05, .10, .15, .20, .25, .30, .35, .40, .45, .50, .55, .60, .65, .70, .75, .80, .85, .90,
    .95, .975
  };

  private static final double[] WEIGHTS = voronoi();

  private Levels() {}

  /** The levels [21], ascending. */
  public static double[] all() {
    return LEVELS.clone();
  }

  public static double level(int q) {
    return LEVELS[q];
  }

  /** Share of the unit interval that is nearest to a level; they sum to 1. */
  public static double weight(int q) {
    return WEIGHTS[q];
  }

  /**
   * What one quantile adds to the continuous ranked probability score, which is twice the pinball
   * loss over the levels, each with its weight (Gneiting and Ranjan 2011, eq. 10).
   */
  public static double crps(int q, double quantile, double truth) {
    double e = truth - quantile;
    return 2 * WEIGHTS[q] * Math.max(LEVELS[q] * e, (LEVELS[q] - 1) * e);
  }

  private static double[] voronoi() {
    double[] weights = new double[COUNT];
    double edge = 0;
    for (int q = 0; q < COUNT; q++) {
      double next = q + 1 < COUNT ? (LEVELS[q] + LEVELS[q + 1]) / 2 : 1;
      weights[q] = next - edge;
      edge = next;
    }
    return weights;
  }
}
