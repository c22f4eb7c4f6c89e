package io.tidecast.engine.posterior;

import java.util.Random;

/**
 * The conjugate oracle: Bayesian linear regression with a known posterior, ill-scaled and with
 * correlated inputs (d = 20, N = 2000, 3 latent factors, sigma = .5).
 */
final class LinearRegression {
  static final int D = 20;
  static final int ROWS = 2000;
  static final double SIGMA = .5;
  static final double PRIOR = 1;

  private final double[][] x = new double[ROWS][D];
  private final double[] y = new double[ROWS];

  /** Precision of the exact posterior, X^T X / sigma^2 + prior. */
  final double[][] precision = new double[D][D];

  final double[] mean;
  private final double[] pull = new double[D];

  LinearRegression(long seed) {
    Random random = new Random(seed);
    double[][] factors = new double[3][D];
    for (double[] factor : factors) {
      for (int i = 0; i < D; i++) {
        factor[i] = random.nextGaussian();
      }
    }
    double[] w = random.doubles(D, -1.7, 1.7).toArray();
    for (int n = 0; n < ROWS; n++) {
      double[] common = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
      for (int i = 0; i < D; i++) {
        double shared = 0;
        for (int k = 0; k < 3; k++) {
          shared += common[k] * factors[k][i];
        }
        x[n][i] = (.5 * random.nextGaussian() + shared) * Math.pow(10, -.5 + i / (D - 1.0));
        y[n] += x[n][i] * w[i];
      }
      y[n] += SIGMA * random.nextGaussian();
      for (int i = 0; i < D; i++) {
        pull[i] += x[n][i] * y[n] / (SIGMA * SIGMA);
        for (int j = 0; j < D; j++) {
          precision[i][j] += x[n][i] * x[n][j] / (SIGMA * SIGMA);
        }
      }
    }
    for (int i = 0; i < D; i++) {
      precision[i][i] += PRIOR;
    }
    mean = Matrices.solve(precision, pull);
  }

  /** Gradient of the whole data's log-likelihood. */
  double[] fullGradient(double[] theta) {
    double[] g = new double[D];
    for (int i = 0; i < D; i++) {
      g[i] = pull[i] + PRIOR * theta[i];
      for (int j = 0; j < D; j++) {
        g[i] -= precision[i][j] * theta[j];
      }
    }
    return g;
  }

  /** Gradient of the log-likelihood of some rows. */
  double[] gradient(double[] theta, int[] rows) {
    double[] g = new double[D];
    for (int n : rows) {
      double residual = y[n];
      for (int i = 0; i < D; i++) {
        residual -= x[n][i] * theta[i];
      }
      for (int i = 0; i < D; i++) {
        g[i] += x[n][i] * residual / (SIGMA * SIGMA);
      }
    }
    return g;
  }

  /** Marginal variances of the exact posterior. */
  double[] marginalVariances() {
    double[][] inverse = Matrices.inverse(precision);
    double[] v = new double[D];
    for (int i = 0; i < D; i++) {
      v[i] = inverse[i][i];
    }
    return v;
  }
}
