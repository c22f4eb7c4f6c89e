package io.tidecast.engine.inference;

import ai.djl.pytorch.engine.PtNDArray;
import io.tidecast.engine.device.ScriptModule;
import io.tidecast.engine.device.TensorScope;
import io.tidecast.engine.network.Categorical;
import io.tidecast.engine.network.Likelihood;
import io.tidecast.engine.predict.Density;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Host memory for predictions from a certain number of rows.
 *
 * @param scope what it owns
 * @param x inputs [rows, d], which the script reads
 * @param answers parameters of the predictive density, each [D, rows, H], which it writes
 * @param pass what the script works in, as an argument
 * @param from {@code x} as an argument
 * @param to {@code answers} as an argument
 */
record PredictionRoom(
    TensorScope scope,
    TensorScope.Staging x,
    List<TensorScope.Staging> answers,
    ScriptModule.Pinned pass,
    ScriptModule.Pinned from,
    ScriptModule.Pinned to)
    implements Rooms.Room {

  /**
   * @param scope for the room alone
   * @param pass makes what the script works in, from the inputs
   */
  static PredictionRoom of(
      TensorScope scope,
      Likelihood likelihood,
      int rows,
      int inputs,
      int targets,
      int draws,
      Function<PtNDArray, PtNDArray[]> pass) {
    int parameters = likelihood.density().map(Density::parameters).orElse(1);
    int width = likelihood instanceof Categorical c ? c.classes() : targets;
    TensorScope.Staging x = scope.staging(rows, inputs);
    List<TensorScope.Staging> answers =
        Stream.generate(() -> scope.staging(draws, rows, width)).limit(parameters).toList();
    PtNDArray[] arrays = answers.stream().map(TensorScope.Staging::array).toArray(PtNDArray[]::new);
    return new PredictionRoom(
        scope,
        x,
        answers,
        ScriptModule.pin(pass.apply(x.array())),
        ScriptModule.pin(x.array()),
        ScriptModule.pin(arrays));
  }

  /** What the script has written. */
  float[][] read() {
    return answers.stream()
        .map(
            answer -> {
              float[] numbers = new float[answer.buffer().capacity()];
              answer.buffer().get(0, numbers);
              return numbers;
            })
        .toArray(float[][]::new);
  }

  @Override
  public void close() {
    pass.close();
    from.close();
    to.close();
    scope.close();
  }
}
