package io.tidecast.app.http;

import java.util.ArrayList;
import java.util.List;

/**
 * How often the likeliest class was right, by the probability that it was given (reliability
 * diagram; Guo et al. 2017), over about the last thousand samples of each bin. Not thread-safe.
 */
final class CalibrationCurve {
  private static final int BINS = 10;
  private static final int WINDOW = 1_000;

  private final long[] count = new long[BINS];
  private final double[] confidence = new double[BINS];
  private final double[] right = new double[BINS];

  /**
   * A bin that has samples.
   *
   * @param confidence mean probability of the likeliest class
   * @param right share of samples in which it was right
   */
  record Bin(double confidence, double right, long samples) {}

  void add(double probability, boolean correct) {
    int bin = (int) Math.min(BINS - 1.0, Math.max(0, Math.floor(probability * BINS)));
    count[bin]++;
    double w = 1.0 / Math.min(count[bin], WINDOW);
    confidence[bin] += w * (probability - confidence[bin]);
    right[bin] += w * ((correct ? 1 : 0) - right[bin]);
  }

  List<Bin> bins() {
    List<Bin> bins = new ArrayList<>();
    for (int i = 0; i < BINS; i++) {
      if (count[i] > 0) {
        bins.add(new Bin(confidence[i], right[i], count[i]));
      }
    }
    return bins;
  }
}
