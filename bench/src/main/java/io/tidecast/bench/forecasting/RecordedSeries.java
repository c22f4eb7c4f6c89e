package io.tidecast.bench.forecasting;

import java.util.Arrays;

/**
 * A recorded series on its grid, and how it is to be evaluated.
 *
 * @param dataset where it is from
 * @param name the series
 * @param times grid times [n], milliseconds since the epoch
 * @param values measurements [n] in their own unit, NaN where there is none
 * @param training steps from the start by which scores are standardised
 * @param warmUp steps from the start that are learned but not scored
 */
record RecordedSeries(
    String dataset, String name, long[] times, double[] values, int training, int warmUp) {

  /** The same, scored from another step on. */
  RecordedSeries scoredFrom(int step) {
    return new RecordedSeries(dataset, name, times, values, training, step);
  }

  int size() {
    return values.length;
  }

  /** Grid interval, milliseconds. */
  long interval() {
    return times[1] - times[0];
  }

  boolean observed(int t) {
    return !Double.isNaN(values[t]);
  }

  /** Mean of the training steps. */
  double mean() {
    return Arrays.stream(values, 0, training).filter(v -> !Double.isNaN(v)).average().orElse(0);
  }

  /** Standard deviation of the training steps; 1 for a constant. */
  double deviation() {
    double mean = mean();
    double variance =
        Arrays.stream(values, 0, training)
            .filter(v -> !Double.isNaN(v))
            .map(v -> (v - mean) * (v - mean))
            .average()
            .orElse(1);
    double sd = Math.sqrt(variance);
    return sd > 1e-9 ? sd : 1;
  }

  /** Mean magnitude of what is scored, in the series' own unit. */
  double scoredMagnitude() {
    return Arrays.stream(values, warmUp, values.length)
        .filter(v -> !Double.isNaN(v))
        .map(Math::abs)
        .average()
        .orElse(Double.NaN);
  }

  /** The series as standardised values, the last measurement standing in for a missing one. */
  double[] standardised() {
    double mean = mean();
    double sd = deviation();
    double[] z = new double[values.length];
    double last = Arrays.stream(values).filter(v -> !Double.isNaN(v)).findFirst().orElse(0);
    for (int t = 0; t < values.length; t++) {
      last = observed(t) ? values[t] : last;
      z[t] = (last - mean) / sd;
    }
    return z;
  }
}
