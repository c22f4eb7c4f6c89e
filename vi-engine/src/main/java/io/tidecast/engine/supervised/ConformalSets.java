package io.tidecast.engine.supervised;

import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import java.util.Arrays;

/**
 * Prediction sets that hold the class as often as configured in the long run, whatever the data do:
 * split conformal over the newest scores {@code 1 - p(class)} (Sadinle et al. 2019) with an adapted
 * level (Gibbs and Candes 2021, eq. 2). The most probable class is always in.
 */
final class ConformalSets {
  private static final int WINDOW = 500;
  private static final double RATE = .02;

  private final double missRate;
  private final double[] newest = new double[WINDOW];
  private double[] sorted = new double[0];
  private long count;
  private double level;

  ConformalSets(double coverage) {
    missRate = 1 - coverage;
    level = missRate;
  }

  /** A class is in the set when its score is at most this. */
  double threshold() {
    int rank = (int) Math.ceil((sorted.length + 1) * (1 - level));
    if (rank > sorted.length) {
      return Double.POSITIVE_INFINITY;
    }
    return rank < 1 ? Double.NEGATIVE_INFINITY : sorted[rank - 1];
  }

  static int[] set(double[] probabilities, double threshold) {
    int top = 0;
    for (int c = 1; c < probabilities.length; c++) {
      top = probabilities[c] > probabilities[top] ? c : top;
    }
    int[] set = new int[probabilities.length];
    int size = 0;
    for (int c = 0; c < probabilities.length; c++) {
      if (c == top || 1 - probabilities[c] <= threshold) {
        set[size++] = c;
      }
    }
    return Arrays.copyOf(set, size);
  }

  /**
   * @param score of the class that came
   * @param threshold that was used for its sample
   */
  void learn(double score, double threshold) {
    level += RATE * (missRate - (score > threshold ? 1 : 0));
    int slot = (int) (count++ % WINDOW);
    double gone = newest[slot];
    newest[slot] = score;
    if (sorted.length < WINDOW) {
      sorted = Arrays.copyOf(sorted, sorted.length + 1);
      insert(sorted.length - 1, score);
    } else {
      int at = Arrays.binarySearch(sorted, gone);
      System.arraycopy(sorted, at + 1, sorted, at, WINDOW - 1 - at);
      insert(WINDOW - 1, score);
    }
  }

  /** Puts a score among the first {@code size} sorted ones. */
  private void insert(int size, double score) {
    int found = Arrays.binarySearch(sorted, 0, size, score);
    int at = found < 0 ? -found - 1 : found;
    System.arraycopy(sorted, at, sorted, at + 1, size - at);
    sorted[at] = score;
  }

  void saveTo(StateWriter out) {
    out.putDoubles("conformal.newest", newest)
        .putLong("conformal.count", count)
        .putDouble("conformal.level", level);
  }

  void restore(StateReader in) {
    System.arraycopy(in.getDoubles("conformal.newest"), 0, newest, 0, WINDOW);
    count = in.getLong("conformal.count");
    level = in.getDouble("conformal.level");
    sorted = Arrays.copyOf(newest, (int) Math.min(count, WINDOW));
    Arrays.sort(sorted);
  }
}
