package io.tidecast.engine.predict;

/**
 * Predictive distribution per row and target: an equal mixture of Student-t over the weight draws.
 *
 * @param draws number of weight draws D
 * @param rows number of rows
 * @param targets targets (lead times) per row H
 * @param degreesOfFreedom of each Student-t
 * @param location locations [D, rows, H]
 * @param scale scales [D, rows, H]
 */
public record Predictive(
    int draws, int rows, int targets, double degreesOfFreedom, float[] location, float[] scale) {

  /** Mean of the mixture. */
  public double mean(int row, int target) {
    double sum = 0;
    for (int d = 0; d < draws; d++) {
      sum += location[index(d, row, target)];
    }
    return sum / draws;
  }

  /** Mean of the squared scales over the draws. */
  public double meanSquaredScale(int row, int target) {
    double sum = 0;
    for (int d = 0; d < draws; d++) {
      double s = scale[index(d, row, target)];
      sum += s * s;
    }
    return sum / draws;
  }

  /**
   * Unbiased variance of the locations across the draws: what comes from not knowing the weights.
   */
  public double epistemicVariance(int row, int target) {
    double mean = mean(row, target);
    double sum = 0;
    for (int d = 0; d < draws; d++) {
      double e = location[index(d, row, target)] - mean;
      sum += e * e;
    }
    return sum / (draws - 1);
  }

  /** Mean variance of the components: what would stay if the weights were known. */
  public double aleatoricVariance(int row, int target) {
    return meanSquaredScale(row, target) * degreesOfFreedom / (degreesOfFreedom - 2);
  }

  /**
   * Quantiles of the mixture.
   *
   * @param levels in (0, 1), ascending
   * @return ascending, one per level
   */
  public double[] quantiles(int row, int target, double[] levels) {
    double[] result = new double[levels.length];
    for (int q = 0; q < levels.length; q++) {
      result[q] = quantile(row, target, levels[q]);
      if (q > 0) {
        result[q] = Math.max(result[q], result[q - 1]);
      }
    }
    return result;
  }

  /** Probability of a value at or below {@code y}. */
  public double cdf(int row, int target, double y) {
    double sum = 0;
    for (int d = 0; d < draws; d++) {
      int i = index(d, row, target);
      sum += StudentTMath.cdf((y - location[i]) / scale[i], degreesOfFreedom);
    }
    return sum / draws;
  }

  /** Log density of the mixture at {@code y}, nats. */
  public double logDensity(int row, int target, double y) {
    double[] terms = new double[draws];
    double max = Double.NEGATIVE_INFINITY;
    for (int d = 0; d < draws; d++) {
      int i = index(d, row, target);
      terms[d] =
          StudentTMath.logDensity((y - location[i]) / scale[i], degreesOfFreedom)
              - Math.log(scale[i]);
      max = Math.max(max, terms[d]);
    }
    double sum = 0;
    for (double term : terms) {
      sum += Math.exp(term - max);
    }
    return max + Math.log(sum / draws);
  }

  /** The mixture's quantile lies between those of its components: bisection from there. */
  private double quantile(int row, int target, double level) {
    double z = StudentTMath.quantile(level, degreesOfFreedom);
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int d = 0; d < draws; d++) {
      int i = index(d, row, target);
      double q = location[i] + scale[i] * z;
      low = Math.min(low, q);
      high = Math.max(high, q);
    }
    double tolerance = 1e-9 * (Math.abs(low) + Math.abs(high) + 1e-30);
    while (high - low > tolerance) {
      double middle = .5 * (low + high);
      if (cdf(row, target, middle) < level) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return .5 * (low + high);
  }

  private int index(int draw, int row, int target) {
    return (draw * rows + row) * targets + target;
  }
}
