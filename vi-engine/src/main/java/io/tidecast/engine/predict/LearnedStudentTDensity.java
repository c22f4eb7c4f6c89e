package io.tidecast.engine.predict;

/** Student-t with parameters location, scale and degrees of freedom. */
public record LearnedStudentTDensity() implements Density {
  @Override
  public int parameters() {
    return 3;
  }

  @Override
  public double mean(double[] p) {
    return p[0];
  }

  @Override
  public double variance(double[] p) {
    return new StudentTDensity(p[2]).variance(p);
  }

  @Override
  public double logDensity(double y, double[] p) {
    return new StudentTDensity(p[2]).logDensity(y, p);
  }

  @Override
  public double cdf(double y, double[] p) {
    return new StudentTDensity(p[2]).cdf(y, p);
  }

  @Override
  public double quantile(double level, double[] p) {
    return new StudentTDensity(p[2]).quantile(level, p);
  }
}
