package io.tidecast.engine.supervised;

import io.tidecast.engine.predict.Levels;
import org.hipparchus.distribution.continuous.NormalDistribution;

/** What quantiles at the 21 levels are worth, and those of the standard normal distribution. */
final class Quantiles {
  /** Index of the lower end of each band; the upper end mirrors it. */
  static final int[] BANDS = {Levels.BAND50, Levels.BAND80, Levels.BAND90, Levels.BAND95};

  private static final double[] NORMAL = standardNormal();

  private Quantiles() {}

  /** Standard normal quantile at a level. */
  static double normal(int q) {
    return NORMAL[q];
  }

  private static double[] standardNormal() {
    NormalDistribution standard = new NormalDistribution();
    double[] z = new double[Levels.COUNT];
    for (int q = 0; q < Levels.COUNT; q++) {
      z[q] = q == Levels.MEDIAN ? 0 : standard.inverseCumulativeProbability(Levels.level(q));
    }
    return z;
  }

  /** Continuous ranked probability score of quantiles [21]. */
  static double crps(double[] quantiles, double truth) {
    double sum = 0;
    for (int q = 0; q < Levels.COUNT; q++) {
      sum += Levels.crps(q, quantiles[q], truth);
    }
    return sum;
  }

  static boolean inside(double[] quantiles, double truth, int lower) {
    return truth >= quantiles[lower] && truth <= quantiles[Levels.COUNT - 1 - lower];
  }
}
