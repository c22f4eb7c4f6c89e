package io.tidecast.engine.predict;

/** A density of one number for given parameters, in double precision. */
public interface Density {
  /** Number of parameters. */
  int parameters();

  double mean(double[] parameters);

  double variance(double[] parameters);

  /** Log density or log probability at {@code y}, nats. */
  double logDensity(double y, double[] parameters);

  /** Probability of a value at or below {@code y}. */
  double cdf(double y, double[] parameters);

  /** The smallest value with {@link #cdf} at least {@code level}. */
  double quantile(double level, double[] parameters);

  /** Whether values are whole numbers. */
  default boolean discrete() {
    return false;
  }
}
