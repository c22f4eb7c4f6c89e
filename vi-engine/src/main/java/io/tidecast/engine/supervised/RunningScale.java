package io.tidecast.engine.supervised;

import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;

/**
 * Running means and deviations of groups of numbers, one group per column (West 1979). The newest
 * {@value #MEMORY} rows count, older ones fade.
 */
final class RunningScale {
  private static final String KIND = "running-scale";
  private static final int MEMORY = 50_000;

  private final long[] n;
  private final double[] mean;
  private final double[] variance;

  RunningScale(int groups) {
    n = new long[groups];
    mean = new double[groups];
    variance = new double[groups];
  }

  /**
   * Takes in the numbers of one group in one row.
   *
   * @param rowMean mean of the numbers
   * @param rowVariance variance of the numbers around it; 0 for a single number
   */
  void add(int group, double rowMean, double rowVariance) {
    double share = 1.0 / Math.min(++n[group], MEMORY);
    double away = rowMean - mean[group];
    mean[group] += share * away;
    double between = variance[group] + share * away * away;
    variance[group] = (1 - share) * between + share * rowVariance;
  }

  /** The number in deviations from the mean. */
  double standardised(int group, double value) {
    return (value - mean[group]) / deviation(group);
  }

  double mean(int group) {
    return mean[group];
  }

  /** Standard deviation; 1 while there is none, so that a constant becomes 0. */
  double deviation(int group) {
    double sd = Math.sqrt(variance[group]);
    return sd > 1e-9 * Math.abs(mean[group]) && sd > 1e-30 ? sd : 1;
  }

  long count(int group) {
    return n[group];
  }

  StateWriter save() {
    return new StateWriter(KIND, 1)
        .putLongs("n", n)
        .putDoubles("mean", mean)
        .putDoubles("variance", variance);
  }

  void restore(StateReader parent, String name) {
    StateReader in = parent.getState(name, KIND, 1);
    System.arraycopy(in.getLongs("n"), 0, n, 0, n.length);
    System.arraycopy(in.getDoubles("mean"), 0, mean, 0, mean.length);
    System.arraycopy(in.getDoubles("variance"), 0, variance, 0, variance.length);
  }
}
