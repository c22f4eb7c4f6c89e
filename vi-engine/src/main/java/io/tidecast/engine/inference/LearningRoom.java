package io.tidecast.engine.inference;

import ai.djl.pytorch.engine.PtNDArray;
import io.tidecast.engine.device.ScriptModule;
import io.tidecast.engine.device.TensorScope;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Host memory that the script reads the mini-batches of one call from.
 *
 * @param scope what it owns
 * @param batches one for each
 * @param rows inputs, targets and mask of each, as an argument
 * @param passes what the script works in to learn from each, as an argument
 */
record LearningRoom(
    TensorScope scope,
    List<BatchRoom> batches,
    ScriptModule.Pinned rows,
    ScriptModule.Pinned passes)
    implements Rooms.Room {

  /**
   * @param scope for the room alone
   * @param pass makes what the script works in to learn from a batch
   */
  static LearningRoom of(
      TensorScope scope,
      List<Integer> sizes,
      int inputs,
      int targets,
      Function<BatchRoom, PtNDArray[]> pass) {
    List<BatchRoom> batches =
        sizes.stream().map(rows -> BatchRoom.of(scope, rows, inputs, targets)).toList();
    PtNDArray[] rows =
        batches.stream().flatMap(room -> room.arrays().stream()).toArray(PtNDArray[]::new);
    PtNDArray[] passes =
        batches.stream().flatMap(room -> Stream.of(pass.apply(room))).toArray(PtNDArray[]::new);
    return new LearningRoom(scope, batches, ScriptModule.pin(rows), ScriptModule.pin(passes));
  }

  /**
   * Takes over mini-batches of these sizes.
   *
   * @param share weight of the log-likelihood of each known target in a batch of one row
   */
  void fill(List<MiniBatch> from, float share) {
    for (int i = 0; i < batches.size(); i++) {
      batches.get(i).fill(from.get(i), share / from.get(i).rows());
    }
  }

  @Override
  public void close() {
    rows.close();
    passes.close();
    scope.close();
  }
}
