package io.tidecast.engine.forecast;

import io.tidecast.engine.predict.Levels;

/**
 * Mixes the experts' quantiles of one lead time at a time, level by level, and keeps apart what
 * comes from not knowing (weights of the models, and which model) from what would stay.
 *
 * <p>With expert weights w_k, means m_k and variances split into e_k (epistemic) and a_k
 * (aleatoric), the law of total variance gives {@code sum w_k e_k + sum w_k (m_k - m)^2} and {@code
 * sum w_k a_k}.
 */
final class Mixture {
  private static final int LEVELS = QuantileLevels.COUNT;

  /** Variance of Student's t(5) with scale 1. */
  static final double STUDENT5_VARIANCE = 5.0 / 3;

  private final float[] quantiles = new float[Experts.COUNT * LEVELS];
  private final double[] mean = new double[Experts.COUNT];
  private final double[] epistemic = new double[Experts.COUNT];
  private final double[] aleatoric = new double[Experts.COUNT];
  private double width;

  /**
   * An expert with residual quantiles [21], from {@code at} on, around a location.
   *
   * @param unit of the residuals
   * @param unknown share of the variance that comes from not knowing the weights
   */
  void empirical(int k, double location, double unit, double unknown, float[] residuals, int at) {
    double centre = QuantileLevels.mean(residuals, at);
    double variance = 0;
    for (int q = 0; q < LEVELS; q++) {
      double r = residuals[at + q];
      quantiles[k * LEVELS + q] = (float) (location + unit * r);
      variance += Levels.weight(q) * (r - centre) * (r - centre);
    }
    variance *= unit * unit;
    set(k, location + unit * centre, unknown * variance, (1 - unknown) * variance);
  }

  void student(int k, double location, double scale, double epistemicStd) {
    QuantileLevels.student5(location, scale, quantiles, k * LEVELS);
    double ofWeights = epistemicStd * epistemicStd;
    set(k, location, ofWeights, Math.max(STUDENT5_VARIANCE * scale * scale - ofWeights, 0));
  }

  private void set(int k, double location, double ofWeights, double remaining) {
    mean[k] = location;
    epistemic[k] = ofWeights;
    aleatoric[k] = remaining;
  }

  /** Writes the weighted mean of the quantiles [21], level by level. */
  void quantiles(double[] weights, float[] out, int at) {
    for (int q = 0; q < LEVELS; q++) {
      double sum = 0;
      for (int k = 0; k < Experts.COUNT; k++) {
        double w = weights[k];
        sum += w > 0 ? w * quantiles[k * LEVELS + q] : 0;
      }
      out[at + q] = (float) sum;
    }
    width = width(out, at);
  }

  /**
   * How much wider quantiles are than those last mixed, for standard deviations to go with them.
   */
  double stretch(float[] tracked, int at) {
    return width > 0 ? width(tracked, at) / width : 1;
  }

  private static double width(float[] quantiles, int at) {
    return (double) quantiles[at + LEVELS - 1 - Levels.BAND80] - quantiles[at + Levels.BAND80];
  }

  double epistemicStd(double[] weights) {
    double centre = 0;
    for (int k = 0; k < Experts.COUNT; k++) {
      centre += weights[k] > 0 ? weights[k] * mean[k] : 0;
    }
    double variance = 0;
    for (int k = 0; k < Experts.COUNT; k++) {
      double off = mean[k] - centre;
      variance += weights[k] > 0 ? weights[k] * (epistemic[k] + off * off) : 0;
    }
    return Math.sqrt(variance);
  }

  double aleatoricStd(double[] weights) {
    double variance = 0;
    for (int k = 0; k < Experts.COUNT; k++) {
      variance += weights[k] > 0 ? weights[k] * aleatoric[k] : 0;
    }
    return Math.sqrt(variance);
  }

  /** Quantiles [K, 21] of the experts of the lead time at hand. */
  float[] experts() {
    return quantiles;
  }
}
