package io.tidecast.bench.inference;

import io.tidecast.engine.inference.MiniBatch;

/** A way to learn a network with uncertainty, one mini-batch at a time. */
interface Method extends AutoCloseable {
  /** Gradients of one batch that {@link #learn} takes. */
  int gradientsPerUpdate();

  void learn(MiniBatch batch);

  /** Locations and scales per draw, each [D, rows, H]. */
  float[][] predict(float[] x, int rows);

  @Override
  void close();
}
