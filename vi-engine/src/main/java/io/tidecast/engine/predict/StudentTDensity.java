package io.tidecast.engine.predict;

/**
 * Student-t with parameters location and scale.
 *
 * @param nu degrees of freedom, above 2
 */
public record StudentTDensity(double nu) implements Density {
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
    return p[1] * p[1] * nu / (nu - 2);
  }

  @Override
  public double logDensity(double y, double[] p) {
    return StudentTMath.logDensity((y - p[0]) / p[1], nu) - Math.log(p[1]);
  }

  @Override
  public double cdf(double y, double[] p) {
    return StudentTMath.cdf((y - p[0]) / p[1], nu);
  }

  @Override
  public double quantile(double level, double[] p) {
    return p[0] + p[1] * StudentTMath.quantile(level, nu);
  }
}
