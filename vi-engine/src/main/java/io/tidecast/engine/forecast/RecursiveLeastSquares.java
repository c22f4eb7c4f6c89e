package io.tidecast.engine.forecast;

import java.util.Arrays;

/**
 * Bayesian linear regression with forgetting, for all lead times at once (recursive least squares;
 * Ljung, System Identification, 1999, eq. 11.12). The gain depends on the inputs alone, so one
 * O(d^2) update at the origin serves every lead time when its label comes.
 */
final class RecursiveLeastSquares {
  private static final double WIND_UP = 5;

  private final int inputs;
  private final double forgetting;
  private final double[] covariance;
  private final double[] weights;
  private final double[] projected;
  private int proportional;
  private double converted = 1;

  RecursiveLeastSquares(int inputs, int leads, double forgetting) {
    this(inputs, forgetting, identity(inputs), new double[leads * inputs]);
  }

  /**
   * @param covariance of the weights over the noise variance [d, d]
   * @param weights [H, d]
   */
  RecursiveLeastSquares(int inputs, double forgetting, double[] covariance, double[] weights) {
    this.inputs = inputs;
    this.forgetting = forgetting;
    this.covariance = covariance;
    this.weights = weights;
    projected = new double[inputs];
  }

  /**
   * Takes in a row of inputs whose labels are to come.
   *
   * @param x inputs [d] from {@code at} on
   * @param gain receives the gain [d] for {@link #learn}
   * @return variance of the prediction from not knowing the weights, over the noise variance
   */
  double gain(float[] x, int at, double[] gain, int gainAt) {
    Arrays.fill(projected, 0);
    for (int i = 0; i < inputs; i++) {
      double xi = x[at + i];
      if (xi != 0) {
        addScaled(xi, covariance, i * inputs, projected, 0);
      }
    }
    double g = 0;
    double trace = 0;
    for (int i = 0; i < inputs; i++) {
      g += x[at + i] * projected[i];
      trace += covariance[i * inputs + i] / (i < proportional ? converted : 1);
    }
    double inverse = 1 / (forgetting + g);
    for (int i = 0; i < inputs; i++) {
      gain[gainAt + i] = projected[i] * inverse;
    }
    // Directions that the inputs never excite must not be forgotten without bound.
    double grow = trace < WIND_UP * inputs ? 1 / forgetting : 1;
    for (int i = 0; i < inputs; i++) {
      double pi = projected[i];
      int row = i * inputs;
      // The product of the two comes first: so the matrix stays symmetric to the last bit.
      for (int j = 0; j < inputs; j++) {
        covariance[row + j] = (covariance[row + j] - pi * projected[j] * inverse) * grow;
      }
    }
    return g;
  }

  /** Takes in the label of one lead time, {@code w += k (target - w x)}. */
  void learn(int lead, float[] x, int at, double[] gain, int gainAt, double target) {
    addScaled(target - predict(lead, x, at), gain, gainAt, weights, lead * inputs);
  }

  double predict(int lead, float[] x, int at) {
    int w = lead * inputs;
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < inputs; i += 4) {
      a += weights[w + i] * x[at + i];
      b += weights[w + i + 1] * x[at + i + 1];
      c += weights[w + i + 2] * x[at + i + 2];
      d += weights[w + i + 3] * x[at + i + 3];
    }
    for (; i < inputs; i++) {
      a += weights[w + i] * x[at + i];
    }
    return a + b + (c + d);
  }

  /**
   * Goes over to another unit of the labels and of the first inputs, of which the new one holds
   * {@code by} old ones. Weights of the other inputs scale like labels.
   */
  void convert(int proportional, double by) {
    this.proportional = proportional;
    converted *= by * by;
    for (int i = 0; i < inputs; i++) {
      for (int j = 0; j < inputs; j++) {
        double factor = (i < proportional ? by : 1) * (j < proportional ? by : 1);
        covariance[i * inputs + j] *= factor;
      }
    }
    for (int i = 0; i < weights.length; i++) {
      if (i % inputs >= proportional) {
        weights[i] /= by;
      }
    }
  }

  /** By how much variances of the weights were converted so far. */
  double converted() {
    return converted;
  }

  void setConverted(int firstInputs, double factor) {
    proportional = firstInputs;
    converted = factor;
  }

  double[] covariance() {
    return covariance;
  }

  double[] weights() {
    return weights;
  }

  private void addScaled(double by, double[] from, int fromAt, double[] to, int toAt) {
    for (int i = 0; i < inputs; i++) {
      to[toAt + i] += by * from[fromAt + i];
    }
  }

  private static double[] identity(int n) {
    double[] matrix = new double[n * n];
    for (int i = 0; i < n; i++) {
      matrix[i * n + i] = 1;
    }
    return matrix;
  }
}
