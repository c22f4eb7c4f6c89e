package io.tidecast.engine.inference;

import java.util.Random;

/** Mini-batches of a small regression: 6 inputs, 2 targets. */
final class Streams {
  static final int INPUTS = 6;
  static final int TARGETS = 2;

  private Streams() {}

  /** The batch of a certain number, the same whenever it is asked for. */
  static MiniBatch batch(long number, int rows) {
    Random random = new Random(number * 31 + 7);
    float[] x = new float[rows * INPUTS];
    float[] y = new float[rows * TARGETS];
    for (int b = 0; b < rows; b++) {
      for (int i = 0; i < INPUTS; i++) {
        x[b * INPUTS + i] = (float) random.nextGaussian();
      }
      float a = x[b * INPUTS];
      y[b * 2] = (float) (a - 2 * x[b * INPUTS + 1] + .3 * random.nextGaussian());
      y[b * 2 + 1] = (float) (Math.abs(a) + .1 * random.nextGaussian());
    }
    return MiniBatch.of(x, y, rows);
  }
}
