package io.tidecast.engine.supervised;

import io.tidecast.engine.predict.Levels;
import java.util.Arrays;

/**
 * Widens or narrows each quantile until it holds in the long run: a quantile tracker (Angelopoulos
 * et al. 2023, eq. 4) on the log of its distance from the median.
 */
final class TrackedLevels {
  private static final double RATE = .015;
  private static final double LIMIT = 3;

  private final double[] widening = new double[Levels.COUNT];

  /** Quantiles of a Gaussian, tracked; the median stays. */
  double[] quantiles(double mean, double sd) {
    double[] quantiles = new double[Levels.COUNT];
    for (int q = 0; q < Levels.COUNT; q++) {
      double sign = Math.signum(q - Levels.MEDIAN);
      quantiles[q] = mean + sd * Quantiles.normal(q) * Math.exp(sign * widening[q]);
    }
    Arrays.sort(quantiles);
    return quantiles;
  }

  void learn(double[] quantiles, double truth) {
    for (int q = 0; q < Levels.COUNT; q++) {
      double c = widening[q] + RATE * (Levels.level(q) - (truth <= quantiles[q] ? 1 : 0));
      widening[q] = q == Levels.MEDIAN ? 0 : Math.max(-LIMIT, Math.min(LIMIT, c));
    }
  }

  double[] state() {
    return widening.clone();
  }

  void restore(double[] saved) {
    System.arraycopy(saved, 0, widening, 0, widening.length);
  }
}
