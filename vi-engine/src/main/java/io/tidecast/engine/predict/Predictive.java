package io.tidecast.engine.predict;

/**
 * Predictive distribution per row and target: an equal mixture of densities, one per weight draw.
 *
 * @param draws number of weight draws D
 * @param rows number of rows
 * @param targets targets (lead times) per row H
 * @param density of one component
 * @param parameters the components' parameters, each [D, rows, H]; for a Student-t or a Gaussian
 *     location and scale
 */
public record Predictive(int draws, int rows, int targets, Density density, float[][] parameters) {

  /** Mean of the mixture; for a Student-t or a Gaussian the mean of the locations. */
  public double mean(int row, int target) {
    double sum = 0;
    for (int d = 0; d < draws; d++) {
      sum += density.mean(component(d, row, target));
    }
    return sum / draws;
  }

  /** Mean of the squared scales (second parameters) over the draws. */
  public double meanSquaredScale(int row, int target) {
    double sum = 0;
    for (int d = 0; d < draws; d++) {
      double scale = parameters[1][index(d, row, target)];
      sum += scale * scale;
    }
    return sum / draws;
  }

  /**
   * Unbiased variance of the components' means across the draws: what comes from not knowing the
   * weights.
   */
  public double epistemicVariance(int row, int target) {
    double mean = mean(row, target);
    double sum = 0;
    for (int d = 0; d < draws; d++) {
      double e = density.mean(component(d, row, target)) - mean;
      sum += e * e;
    }
    return sum / (draws - 1);
  }

  /** Mean variance of the components: what would stay if the weights were known. */
  public double aleatoricVariance(int row, int target) {
    double sum = 0;
    for (int d = 0; d < draws; d++) {
      sum += density.variance(component(d, row, target));
    }
    return sum / draws;
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
      sum += density.cdf(y, component(d, row, target));
    }
    return sum / draws;
  }

  /** Log density of the mixture at {@code y}, nats. */
  public double logDensity(int row, int target, double y) {
    double[] terms = new double[draws];
    double max = Double.NEGATIVE_INFINITY;
    for (int d = 0; d < draws; d++) {
      terms[d] = density.logDensity(y, component(d, row, target));
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
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int d = 0; d < draws; d++) {
      double q = density.quantile(level, component(d, row, target));
      low = Math.min(low, q);
      high = Math.max(high, q);
    }
    if (density.discrete()) {
      low -= 1;
    }
    double tolerance = density.discrete() ? .5 : 1e-9 * (Math.abs(low) + Math.abs(high) + 1e-30);
    while (high - low > tolerance) {
      double middle = .5 * (low + high);
      if (cdf(row, target, middle) < level) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return density.discrete() ? Math.floor(high) : .5 * (low + high);
  }

  private double[] component(int draw, int row, int target) {
    int at = index(draw, row, target);
    double[] p = new double[parameters.length];
    for (int i = 0; i < p.length; i++) {
      p[i] = parameters[i][at];
    }
    return p;
  }

  private int index(int draw, int row, int target) {
    return (draw * rows + row) * targets + target;
  }
}
