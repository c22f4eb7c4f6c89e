package io.tidecast.bench.forecasting;

import java.util.Arrays;

/** Exact quantiles of the last residuals, kept sorted. */
final class RollingQuantiles {
  private final double[] sorted;
  private final double[] ring;
  private long count;

  RollingQuantiles(int window) {
    sorted = new double[window];
    ring = new double[window];
  }

  void add(double value) {
    int n = size();
    int slot = (int) (count % ring.length);
    if (n == ring.length) {
      int at = place(n, ring[slot]);
      System.arraycopy(sorted, at + 1, sorted, at, n - at - 1);
      n--;
    }
    int at = place(n, value);
    System.arraycopy(sorted, at, sorted, at + 1, n - at);
    sorted[at] = value;
    ring[slot] = value;
    count++;
  }

  int size() {
    return (int) Math.min(count, ring.length);
  }

  /** The i-th smallest. */
  double ranked(int i) {
    return sorted[i];
  }

  /** Quantile by linear interpolation between ranks; 0 before the first value. */
  double quantile(double level) {
    int n = size();
    if (n == 0) {
      return 0;
    }
    double position = level * (n - 1);
    int i = (int) position;
    return i + 1 >= n ? sorted[n - 1] : sorted[i] + (position - i) * (sorted[i + 1] - sorted[i]);
  }

  private int place(int n, double value) {
    int found = Arrays.binarySearch(sorted, 0, n, value);
    return found >= 0 ? found : -found - 1;
  }
}
