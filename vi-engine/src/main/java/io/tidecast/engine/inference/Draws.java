package io.tidecast.engine.inference;

import ai.djl.pytorch.engine.PtNDArray;
import io.tidecast.engine.device.ScriptModule;

/**
 * Buffers for a certain number of weight draws, and the network's views of them.
 *
 * @param theta weight draws [M, P]
 * @param grad their gradients [M, P]; theta once more to predict
 * @param work the family's buffers, theta and grad first, and its views of them
 * @param weights views of the draws, tensor by tensor
 * @param slopes views of the gradients, tensor by tensor
 * @param pool normals, or a single number where they are made fresh
 */
record Draws(
    PtNDArray theta,
    PtNDArray grad,
    ScriptModule.Pinned work,
    ScriptModule.Pinned weights,
    ScriptModule.Pinned slopes,
    ScriptModule.Pinned pool)
    implements AutoCloseable {
  @Override
  public void close() {
    work.close();
    weights.close();
    slopes.close();
    pool.close();
  }
}
