package io.tidecast.bench.forecasting;

/** Sums what the forecasts of one method were worth, for each lead time. */
final class ScoreBoard {
  private static final int[] LOWER = {5, 2, 1, 0};
  private static final double[] WEIGHTS = weights();

  private final long[] count;
  private final double[] crps;
  private final double[] absolute;
  private final double[] squared;
  private final double[][] inside;
  private final double[] width90;

  ScoreBoard(int horizon) {
    count = new long[horizon];
    crps = new double[horizon];
    absolute = new double[horizon];
    squared = new double[horizon];
    inside = new double[LOWER.length][horizon];
    width90 = new double[horizon];
  }

  void add(int lead, float[] quantiles, int at, double truth) {
    double sum = 0;
    for (int q = 0; q < Levels.COUNT; q++) {
      double e = truth - quantiles[at + q];
      sum += WEIGHTS[q] * (e >= 0 ? e * Levels.of(q) : e * (Levels.of(q) - 1));
    }
    double miss = truth - quantiles[at + Levels.MEDIAN];
    count[lead]++;
    crps[lead] += 2 * sum;
    absolute[lead] += Math.abs(miss);
    squared[lead] += miss * miss;
    // Rounded like the quantiles: a band that is as narrow as the rounding keeps its truth.
    float rounded = (float) truth;
    for (int b = 0; b < LOWER.length; b++) {
      double low = quantiles[at + LOWER[b]];
      double high = quantiles[at + Levels.COUNT - 1 - LOWER[b]];
      inside[b][lead] += rounded >= low && rounded <= high ? 1 : 0;
    }
    width90[lead] += quantiles[at + 19] - quantiles[at + 1];
  }

  /** Means over lead times from..to (1-based, inclusive), each lead time with equal weight. */
  Scores over(int from, int to) {
    long n = 0;
    double[] sums = new double[8];
    for (int lead = from - 1; lead < to; lead++) {
      n += count[lead];
      double c = count[lead];
      sums[0] += crps[lead] / c;
      sums[1] += absolute[lead] / c;
      sums[2] += squared[lead] / c;
      for (int b = 0; b < LOWER.length; b++) {
        sums[3 + b] += inside[b][lead] / c;
      }
      sums[7] += width90[lead] / c;
    }
    double leads = to - from + 1;
    return new Scores(
        n,
        sums[0] / leads,
        sums[1] / leads,
        sums[2] / leads,
        sums[3] / leads,
        sums[4] / leads,
        sums[5] / leads,
        sums[6] / leads,
        sums[7] / leads);
  }

  /** Mean scores on standardised values. */
  record Scores(
      long n,
      double crps,
      double mae,
      double mse,
      double cov50,
      double cov80,
      double cov90,
      double cov95,
      double width90) {}

  private static double[] weights() {
    double[] weights = new double[Levels.COUNT];
    for (int q = 0; q < Levels.COUNT; q++) {
      weights[q] = Levels.weight(q);
    }
    return weights;
  }
}
