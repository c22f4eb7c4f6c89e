package io.tidecast.engine.forecast;

import io.tidecast.engine.predict.Levels;

/**
 * Keeps the coverage of every quantile level on target, whatever the model: for each lead time and
 * level {@code c += (rate / sqrt(h)) (a - 1{y <= q})} on delayed labels, and the distance of the
 * level from the median is stretched by {@code exp(+-c)} (adaptive conformal inference, Gibbs and
 * Candès 2021, eq. 2, on the log width of each level). The median is left alone.
 *
 * <p>The rate is .005: faster tracking is noisier and costs sharpness. It is not raised in drift,
 * because bands that were widened quickly would then narrow slowly.
 */
final class BandTracking {
  private static final double RATE = 0.005;
  private static final double LIMIT = 3;

  private final double[] stretch;

  BandTracking(int leads) {
    this(new double[leads * QuantileLevels.COUNT]);
  }

  /**
   * @param stretch log widths c [H, 21]
   */
  BandTracking(double[] stretch) {
    this.stretch = stretch;
  }

  /**
   * Takes in whether the truth fell below each level of the forecast that was issued.
   *
   * @param quantiles the forecast [21] from {@code at} on
   */
  void reveal(int lead, float[] quantiles, int at, double truth) {
    double rate = RATE / Math.sqrt(lead + 1);
    float rounded = (float) truth;
    int row = lead * QuantileLevels.COUNT;
    for (int q = 0; q < QuantileLevels.COUNT; q++) {
      double hit = rounded <= quantiles[at + q] ? 1 : 0;
      double c = stretch[row + q] + rate * (Levels.level(q) - hit);
      stretch[row + q] = Math.min(Math.max(c, -LIMIT), LIMIT);
    }
  }

  /** Stretches one lead time's quantiles [21] in place and leaves them ascending. */
  void apply(int lead, float[] quantiles, int at) {
    int row = lead * QuantileLevels.COUNT;
    double median = quantiles[at + QuantileLevels.MEDIAN];
    for (int q = 0; q < QuantileLevels.COUNT; q++) {
      double c = q > QuantileLevels.MEDIAN ? stretch[row + q] : -stretch[row + q];
      quantiles[at + q] = (float) (median + (quantiles[at + q] - median) * Math.exp(c));
    }
    sort(quantiles, at);
  }

  double[] stretch() {
    return stretch;
  }

  private static void sort(float[] quantiles, int at) {
    for (int q = 1; q < QuantileLevels.COUNT; q++) {
      float v = quantiles[at + q];
      int j = at + q - 1;
      while (j >= at && quantiles[j] > v) {
        quantiles[j + 1] = quantiles[j];
        j--;
      }
      quantiles[j + 1] = v;
    }
  }
}
