package io.tidecast.engine.inference;

import java.util.Arrays;

/**
 * A posterior in a few figures, for people; learning does not depend on them.
 *
 * @param network specification of the network
 * @param parameters number P of weights
 * @param steps learning steps so far
 * @param seen rows that counted as fresh so far: distinct ones of labelled samples, all that a
 *     forecaster learned from
 * @param memoryInForce rows that the posterior remembers now: {@code min(nEff, seen + 20 B)}
 * @param nEff the most that it will remember
 * @param omega temper: exponent of the likelihood
 * @param learningRate of the means at this step
 * @param sd10 standard deviation below which a tenth of the weights lies, likewise the others
 * @param certain share of the weights whose mean is more than two deviations from zero
 */
public record PosteriorSummary(
    String network,
    int parameters,
    long steps,
    double seen,
    double memoryInForce,
    double nEff,
    double omega,
    double learningRate,
    double sd10,
    double sd50,
    double sd90,
    double certain) {

  /** Weights looked at: enough for three quantiles, and quick for a million. */
  private static final int SAMPLE = 4096;

  /** Mean and deviations of the weights; the rest is told by the network. */
  record Weights(double sd10, double sd50, double sd90, double certain) {
    /**
     * Of evenly spaced weights.
     *
     * @param mean [P]
     * @param precision [P]
     */
    static Weights of(float[] mean, float[] precision) {
      // Odd, so that it does not stay in one column of a matrix whose width is a power of two.
      int stride = mean.length / SAMPLE | 1;
      int n = (mean.length + stride - 1) / stride;
      double[] sd = new double[n];
      int certain = 0;
      for (int i = 0; i < n; i++) {
        sd[i] = 1 / Math.sqrt(precision[i * stride]);
        if (Math.abs(mean[i * stride]) > 2 * sd[i]) {
          certain++;
        }
      }
      Arrays.sort(sd);
      return new Weights(sd[n / 10], sd[n / 2], sd[n - 1 - n / 10], (double) certain / n);
    }
  }
}
