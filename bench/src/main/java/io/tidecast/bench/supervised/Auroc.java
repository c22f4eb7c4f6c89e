package io.tidecast.bench.supervised;

import java.util.Arrays;

/**
 * Area under the receiver operating characteristic: how often a score is larger where it should be,
 * ties counted half (Hanley and McNeil 1982). .5 is chance, 1 tells all apart.
 */
final class Auroc {
  private Auroc() {}

  /**
   * The area.
   *
   * @param positive scores that should be large
   * @param negative scores that should be small
   */
  static double of(double[] positive, double[] negative) {
    double[] sorted = negative.clone();
    Arrays.sort(sorted);
    double wins = 0;
    for (double score : positive) {
      int smaller = count(sorted, score, false);
      int smallerOrEqual = count(sorted, score, true);
      wins += .5 * (smaller + smallerOrEqual);
    }
    return wins / ((double) positive.length * negative.length);
  }

  /** How many of the sorted scores are smaller than one, or equal to it. */
  private static int count(double[] sorted, double score, boolean orEqual) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < score || (orEqual && sorted[middle] == score)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
