package io.tidecast.engine.predict;

import org.hipparchus.distribution.continuous.NormalDistribution;

/** Gaussian with parameters mean and standard deviation. */
public record GaussianDensity() implements Density {
  private static final NormalDistribution STANDARD = new NormalDistribution();

  @Override
  public int parameters() {
    return 2;
  }

  @Override
  public double mean(double[] p) {
    return p[0];
  }

  @Override
  public double variance(double[] p) {
    return p[1] * p[1];
  }

  @Override
  public double logDensity(double y, double[] p) {
    return STANDARD.logDensity((y - p[0]) / p[1]) - Math.log(p[1]);
  }

  @Override
  public double cdf(double y, double[] p) {
    return STANDARD.cumulativeProbability((y - p[0]) / p[1]);
  }

  @Override
  public double quantile(double level, double[] p) {
    return p[0] + p[1] * STANDARD.inverseCumulativeProbability(level);
  }
}
