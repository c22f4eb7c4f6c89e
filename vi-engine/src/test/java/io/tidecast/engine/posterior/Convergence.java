package io.tidecast.engine.posterior;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;

/**
 * A run to the fixed point on the conjugate oracle: step sizes fall, the mean starts to move after
 * 60 steps, and the tail is averaged.
 *
 * @param mean averaged posterior mean
 * @param precision averaged precision matrix
 * @param variance averaged 1 / precision of each weight
 */
record Convergence(double[] mean, double[][] precision, double[] variance) {
  private static final int FROZEN = 60;

  static Convergence of(Family family, LinearRegression data, int rows, int draws, int steps) {
    int d = LinearRegression.D;
    double n = LinearRegression.ROWS;
    boolean lowRank = family instanceof Family.LowRank;
    double slowest = lowRank ? .005 : .002;
    double tail = lowRank ? .95 : .7;
    Prior prior = Driver.prior(1, new double[d], LinearRegression.PRIOR, 100);
    Random random = new Random(9);
    double[] mean = new double[d];
    double[] variance = new double[d];
    double[][] precision = new double[d][d];
    int counted = 0;
    try (Driver driver = new Driver(family, PosteriorKit.LAYOUT, prior, draws, Driver.UNLIMITED)) {
      for (int t = 0; t < steps; t++) {
        double done = t / (double) steps;
        double rho =
            Math.max(1.0 / (t + 10), done < .5 ? slowest : slowest * 2 * (1 - done) + 1e-5);
        double lr = t < FROZEN ? 0 : .3 * Math.pow(1e-4, rows < n ? Math.min(done, .6) : done);
        driver.step(score(data, rows, random), n, Math.min(rho, lowRank ? .1 : .2), lr);
        if (done > tail) {
          counted++;
          float[] m = driver.posterior.mean();
          double[][] p = precision(driver.posterior, lowRank);
          for (int i = 0; i < d; i++) {
            mean[i] += m[i];
            variance[i] += 1 / p[i][i];
            for (int j = 0; j < d; j++) {
              precision[i][j] += p[i][j];
            }
          }
        }
      }
    }
    for (int i = 0; i < d; i++) {
      mean[i] /= counted;
      variance[i] /= counted;
      for (int j = 0; j < d; j++) {
        precision[i][j] /= counted;
      }
    }
    return new Convergence(mean, precision, variance);
  }

  private static Function<double[], double[]> score(
      LinearRegression data, int rows, Random random) {
    if (rows == LinearRegression.ROWS) {
      return data::fullGradient;
    }
    int[] chosen = random.ints(rows, 0, LinearRegression.ROWS).toArray();
    double scale = LinearRegression.ROWS / (double) rows;
    return theta -> Arrays.stream(data.gradient(theta, chosen)).map(g -> g * scale).toArray();
  }

  private static double[][] precision(Posterior posterior, boolean lowRank) {
    float[] diagonal = posterior.precision();
    double[][] p = new double[diagonal.length][diagonal.length];
    for (int i = 0; i < p.length; i++) {
      p[i][i] = diagonal[i];
    }
    if (lowRank) {
      float[] a = posterior.state()[8].toFloatArray();
      int rank = a.length / p.length;
      for (int i = 0; i < p.length; i++) {
        for (int j = 0; j < p.length; j++) {
          double product = 0;
          for (int k = 0; k < rank; k++) {
            product += a[i * rank + k] * (double) a[j * rank + k];
          }
          p[i][j] += product * Math.sqrt(diagonal[i] * (double) diagonal[j]);
        }
      }
    }
    return p;
  }

  /** Mean over the weights of |ratio - 1|. */
  static double meanRelativeError(double[] values, double[] truth) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += Math.abs(values[i] / truth[i] - 1) / values.length;
    }
    return sum;
  }

  /** Distances of the means from the exact ones in marginal posterior sd: root mean square, max. */
  double[] distance(LinearRegression data) {
    double[] marginal = data.marginalVariances();
    double square = 0;
    double max = 0;
    for (int i = 0; i < mean.length; i++) {
      double z = (mean[i] - data.mean[i]) / Math.sqrt(marginal[i]);
      square += z * z / mean.length;
      max = Math.max(max, Math.abs(z));
    }
    return new double[] {Math.sqrt(square), max};
  }
}
