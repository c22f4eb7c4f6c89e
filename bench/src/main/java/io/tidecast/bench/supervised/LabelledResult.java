package io.tidecast.bench.supervised;

/** What one model reached on one table. */
public sealed interface LabelledResult {
  String dataset();

  String model();

  /**
   * For classes.
   *
   * @param n rows scored
   * @param ece expected calibration error of the largest probability, 15 bins
   * @param setCoverage share of prediction sets that held the class; NaN for a single expert
   * @param samplesPerSecond rows predicted and learned per second of the whole run
   */
  record Classes(
      String dataset,
      String model,
      long n,
      double accuracy,
      double logLoss,
      double brier,
      double ece,
      double setCoverage,
      double samplesPerSecond)
      implements LabelledResult {}

  /**
   * For targets.
   *
   * @param n rows scored
   * @param cov90 share of targets within the 90 % band
   * @param samplesPerSecond rows predicted and learned per second of the whole run
   */
  record Values(
      String dataset,
      String model,
      long n,
      double rmse,
      double crps,
      double cov90,
      double samplesPerSecond)
      implements LabelledResult {}
}
