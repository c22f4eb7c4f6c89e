package io.tidecast.engine.forecast;

import io.tidecast.engine.inference.MiniBatch;
import java.util.Arrays;

/** Rows for one step of learning, with the labels that are revealed and a mask over the others. */
final class TrainingBatch {
  private static final double TARGET_CLIP = 30;

  private final int inputs;
  private final int leads;
  private final float[] x;
  private final float[] y;
  private final float[] mask;
  private int rows;

  TrainingBatch(int capacity, int inputs, int leads) {
    this.inputs = inputs;
    this.leads = leads;
    x = new float[capacity * inputs];
    y = new float[capacity * leads];
    mask = new float[capacity * leads];
  }

  void clear() {
    rows = 0;
  }

  /** Adds an origin of a series, with what has come of its labels by now. */
  void add(SeriesState series, long slot) {
    series.inputs(slot, x, rows * inputs);
    int at = rows * leads;
    series.model().history().targets(slot, leads, TARGET_CLIP, y, mask, at);
    rows++;
  }

  int rows() {
    return rows;
  }

  /**
   * The rows with inputs [rows, d], targets and mask [rows, H]. All rows count as fresh, as in the
   * recipe whose figures were measured so: memory is in force after 625 observations, not 20,000.
   */
  MiniBatch toMiniBatch() {
    return new MiniBatch(
        Arrays.copyOf(x, rows * inputs),
        Arrays.copyOf(y, rows * leads),
        Arrays.copyOf(mask, rows * leads),
        rows,
        rows);
  }
}
