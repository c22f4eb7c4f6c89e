package io.tidecast.engine.inference;

import ai.djl.pytorch.engine.PtNDArray;
import io.tidecast.engine.device.ScriptModule;
import io.tidecast.engine.device.TensorScope;

/**
 * Buffers for a certain number of weight draws, and the network's views of them.
 *
 * @param theta weight draws [M, P], or what stands for them to predict
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

  /**
   * For learning, and for predictions that draw weights.
   *
   * @param buffers the family's
   */
  static Draws ofWeights(
      ScriptModule script, TensorScope scope, PtNDArray[] buffers, PtNDArray pool) {
    return new Draws(
        buffers[0],
        buffers[1],
        ScriptModule.pin(script.arrays(scope, "with_views", (Object) buffers)),
        ScriptModule.pin(script.arrays(scope, "views", buffers[0])),
        ScriptModule.pin(script.arrays(scope, "views", buffers[1])),
        ScriptModule.pin(pool));
  }

  /**
   * For predictions that draw the sums of the layers: the work is the variances of the weights and
   * the normals.
   *
   * @param sums how many a row has
   * @param draws number M of draws
   */
  static Draws ofSums(TensorScope scope, int parameters, int sums, int draws, PtNDArray pool) {
    PtNDArray variance = scope.zeros(parameters);
    PtNDArray[] none = {};
    return new Draws(
        variance,
        variance,
        ScriptModule.pin(new PtNDArray[] {variance, scope.zeros(draws / 2, 1, sums)}),
        ScriptModule.pin(none),
        ScriptModule.pin(none),
        ScriptModule.pin(pool));
  }

  @Override
  public void close() {
    work.close();
    weights.close();
    slopes.close();
    pool.close();
  }
}
