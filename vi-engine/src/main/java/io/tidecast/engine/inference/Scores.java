package io.tidecast.engine.inference;

import ai.djl.pytorch.engine.PtNDArray;
import io.tidecast.engine.device.ScriptModule;
import io.tidecast.engine.device.TensorScope;

/**
 * Noisy scores of a batch at M weight draws, for networks whose gradients are not part of the fused
 * step.
 */
interface Scores {
  /**
   * Fills the gradients and returns the outputs.
   *
   * @param theta weight draws [M, P]
   * @param mask [B, H], weight of each target's log-likelihood
   * @param grad filled with the gradient of the weighted log-likelihood for each draw [M, P]
   * @return outputs [M, B, outputs], owned by {@code step}
   */
  PtNDArray at(
      ScriptModule script,
      TensorScope step,
      PtNDArray theta,
      PtNDArray x,
      PtNDArray y,
      PtNDArray mask,
      PtNDArray grad);

  /** Outputs [M, B, outputs] without gradients, owned by {@code call}. */
  PtNDArray outputs(ScriptModule script, TensorScope call, PtNDArray theta, PtNDArray x);

  /** One batched forward and backward pass, recorded by autograd. */
  record Autograd() implements Scores {
    @Override
    public PtNDArray at(
        ScriptModule script,
        TensorScope step,
        PtNDArray theta,
        PtNDArray x,
        PtNDArray y,
        PtNDArray mask,
        PtNDArray grad) {
      return script.record(step, "record", theta, x, y, mask, grad);
    }

    @Override
    public PtNDArray outputs(ScriptModule script, TensorScope call, PtNDArray theta, PtNDArray x) {
      return (PtNDArray) script.tensors(call, "outputs", theta, x).singletonOrThrow();
    }
  }
}
