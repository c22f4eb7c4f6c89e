package io.tidecast.engine.inference;

import ai.djl.pytorch.engine.PtNDArray;
import io.tidecast.engine.device.TensorScope;
import java.util.List;

/** Host memory that the script reads a batch of a certain size from. */
record BatchRoom(TensorScope.Staging x, TensorScope.Staging y, TensorScope.Staging mask) {

  static BatchRoom of(TensorScope scope, int rows, int inputs, int targets) {
    return new BatchRoom(
        scope.staging(rows, inputs), scope.staging(rows, targets), scope.staging(rows, targets));
  }

  /**
   * Takes over a batch of this size.
   *
   * @param share weight of the log-likelihood of each known target
   */
  void fill(MiniBatch batch, float share) {
    x.buffer().put(0, batch.x());
    y.buffer().put(0, batch.y());
    for (int i = 0; i < batch.mask().length; i++) {
      mask.buffer().put(i, batch.mask()[i] * share);
    }
  }

  /** Inputs, targets and mask. */
  List<PtNDArray> arrays() {
    return List.of(x.array(), y.array(), mask.array());
  }
}
