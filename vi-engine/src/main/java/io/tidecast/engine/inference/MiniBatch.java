package io.tidecast.engine.inference;

import java.util.Arrays;

/**
 * Rows to learn from in one step.
 *
 * @param x inputs [rows, d], row-major
 * @param y targets [rows, H]; any finite number where the mask is 0
 * @param mask [rows, H], 1 where the target is known, 0 where it is not
 * @param rows number of rows B
 * @param fresh how many of the rows count towards what the network has seen, from which its memory
 *     grows: those that it has not been shown before. The forecasting recipe is the exception, it
 *     was tuned with every row counted.
 */
public record MiniBatch(float[] x, float[] y, float[] mask, int rows, int fresh) {
  public MiniBatch {
    if (rows < 1 || x.length % rows != 0 || y.length % rows != 0 || y.length != mask.length) {
      throw new IllegalArgumentException(
          "mini-batch of %d rows: got %d inputs, %d targets, %d mask entries"
              .formatted(rows, x.length, y.length, mask.length));
    }
    if (fresh < 0) {
      throw new IllegalArgumentException("fresh rows: expected at least 0, got " + fresh);
    }
  }

  /** Rows that are all new, with all targets known. */
  public static MiniBatch of(float[] x, float[] y, int rows) {
    float[] known = new float[y.length];
    Arrays.fill(known, 1);
    return new MiniBatch(x, y, known, rows, rows);
  }
}
