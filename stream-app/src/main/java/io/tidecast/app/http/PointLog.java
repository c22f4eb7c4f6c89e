package io.tidecast.app.http;

import java.util.Arrays;

/**
 * The recent grid times of one series: what was forecast one step ahead, and what came. Holds the
 * newest {@link #CAPACITY} times. Not thread-safe.
 */
final class PointLog {
  static final int CAPACITY = 256;

  /** Columns: truth, median, surprise, then the edges of {@link Band#DRAWN}. */
  static final int TRUTH = 0;

  static final int MEDIAN = 1;
  static final int SURPRISE = 2;
  static final int EDGES = 3;

  private static final int COLUMNS = EDGES + 6;

  private long[] times = new long[16];
  private float[][] columns = new float[COLUMNS][16];
  private int size;

  int size() {
    return size;
  }

  long[] times() {
    return Arrays.copyOf(times, size);
  }

  /** One column [size], NaN where it is not known. */
  float[] column(int column) {
    return Arrays.copyOf(columns[column], size);
  }

  /** Notes a value; forgotten at once if it is older than everything held and there is no room. */
  void put(long time, int column, double value) {
    int i = indexOf(time);
    if (i >= 0) {
      columns[column][i] = (float) value;
    }
  }

  /** Place of a time, made where there is none yet; -1 if it is too old to be kept. */
  private int indexOf(long time) {
    int i = Arrays.binarySearch(times, 0, size, time);
    if (i >= 0) {
      return i;
    }
    int at = -i - 1;
    if (size == CAPACITY) {
      if (at == 0) {
        return -1;
      }
      at--;
      shift(1, 0, at);
    } else {
      grow();
      shift(at, at + 1, size - at);
      size++;
    }
    times[at] = time;
    for (float[] column : columns) {
      column[at] = Float.NaN;
    }
    return at;
  }

  private void shift(int from, int to, int n) {
    System.arraycopy(times, from, times, to, n);
    for (float[] column : columns) {
      System.arraycopy(column, from, column, to, n);
    }
  }

  private void grow() {
    if (size == times.length) {
      int wider = Math.min(CAPACITY, 2 * size);
      times = Arrays.copyOf(times, wider);
      for (int c = 0; c < COLUMNS; c++) {
        columns[c] = Arrays.copyOf(columns[c], wider);
      }
    }
  }
}
