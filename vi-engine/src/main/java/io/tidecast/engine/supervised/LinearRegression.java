package io.tidecast.engine.supervised;

import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;

/**
 * Bayesian linear regression with forgetting (recursive least squares; Ljung, System
 * Identification, 1999, eq. 11.12), as a baseline in the pool.
 */
final class LinearRegression {
  private static final double FORGETTING = .9995;
  private static final double PRIOR_VARIANCE = 10;
  private static final int NOISE_MEMORY = 2000;
  private static final double PRIOR_ROWS = 2;

  private final int inputs;
  private final double[] weights;
  private final double[] covariance;
  private double noise;
  private long n;

  LinearRegression(int features) {
    inputs = features + 1;
    weights = new double[inputs];
    covariance = new double[inputs * inputs];
    for (int i = 0; i < inputs; i++) {
      covariance[i * inputs + i] = PRIOR_VARIANCE;
    }
  }

  /**
   * Predicts one row.
   *
   * @param fallback variance of the target, before there is anything better
   * @return mean and variance
   */
  double[] predict(float[] x, int at, double fallback) {
    double[] projected = project(x, at);
    double mean = dot(weights, x, at);
    double spread = dot(projected, x, at);
    double variance = (PRIOR_ROWS * fallback + n * noise) / (PRIOR_ROWS + n);
    return new double[] {mean, variance * (1 + spread)};
  }

  void learn(float[] x, int at, double target) {
    double[] projected = project(x, at);
    double spread = dot(projected, x, at);
    double error = target - dot(weights, x, at);
    n++;
    noise += (error * error / (1 + spread) - noise) / Math.min(n, NOISE_MEMORY);
    double inverse = 1 / (FORGETTING + spread);
    double trace = 0;
    for (int i = 0; i < inputs; i++) {
      weights[i] += projected[i] * inverse * error;
      trace += covariance[i * inputs + i];
    }
    // Directions that the inputs never excite must not be forgotten without bound.
    double grow = trace < PRIOR_VARIANCE * inputs ? 1 / FORGETTING : 1;
    for (int i = 0; i < inputs; i++) {
      for (int j = 0; j < inputs; j++) {
        int ij = i * inputs + j;
        covariance[ij] = (covariance[ij] - projected[i] * projected[j] * inverse) * grow;
      }
    }
  }

  private double[] project(float[] x, int at) {
    double[] projected = new double[inputs];
    for (int i = 0; i < inputs; i++) {
      double xi = i < inputs - 1 ? x[at + i] : 1;
      for (int j = 0; j < inputs; j++) {
        projected[j] += xi * covariance[i * inputs + j];
      }
    }
    return projected;
  }

  private double dot(double[] w, float[] x, int at) {
    double sum = w[inputs - 1];
    for (int i = 0; i < inputs - 1; i++) {
      sum += w[i] * x[at + i];
    }
    return sum;
  }

  void saveTo(StateWriter out) {
    out.putDoubles("linear.weights", weights)
        .putDoubles("linear.covariance", covariance)
        .putDouble("linear.noise", noise)
        .putLong("linear.n", n);
  }

  void restore(StateReader in) {
    System.arraycopy(in.getDoubles("linear.weights"), 0, weights, 0, weights.length);
    System.arraycopy(in.getDoubles("linear.covariance"), 0, covariance, 0, covariance.length);
    noise = in.getDouble("linear.noise");
    n = in.getLong("linear.n");
  }
}
