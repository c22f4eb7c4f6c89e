package io.tidecast.engine.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.DeviceChoice;
import io.tidecast.engine.device.ScriptModule;
import io.tidecast.engine.device.TensorScope;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The backward pass written by hand against finite differences of the forward pass. */
class NetworkGradientTest {
  private static final int INPUTS = 5;
  private static final int TARGETS = 2;
  private static final int ROWS = 6;
  private static final int DRAWS = 2;

  private static PtNDArray[] views(ScriptModule script, TensorScope scope, PtNDArray draws) {
    return script.arrays(scope, "views", draws);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "linear",
        "mlp(hidden=7)",
        "mlp(hidden=7x4, activation=tanh)",
        "mlp(hidden=6x5, skip=none)"
      })
  void handwritten_gradients_equal_finite_differences(String text) {
    NetworkSpec network = NetworkSpec.parse(text);
    Likelihood likelihood = new StudentT(5);
    int outputs = likelihood.outputs(TARGETS);
    List<ParameterBlock> blocks = network.parameters(INPUTS, outputs, TARGETS);
    int size = blocks.stream().mapToInt(ParameterBlock::size).sum();
    Random random = new Random(5);
    float[] theta = gaussians(random, DRAWS * size, .15);
    try (ComputeDevice device = ComputeDevice.open(DeviceChoice.CPU, false);
        TensorScope scope = device.newScope();
        ScriptModule script =
            ScriptModule.compile(
                scope,
                ParameterBlock.viewsScript(blocks)
                    + network.script(INPUTS, outputs, TARGETS)
                    + likelihood.script(TARGETS))) {
      PtNDArray x = scope.of(gaussians(random, ROWS * INPUTS, 1), ROWS, INPUTS);
      PtNDArray y = scope.of(gaussians(random, ROWS * TARGETS, 1), ROWS, TARGETS);
      PtNDArray mask = scope.full(1, ROWS, TARGETS);
      PtNDArray grad = scope.zeros(DRAWS, size);
      PtNDArray[] weights = views(script, scope, scope.of(theta, DRAWS, size));
      PtNDArray[] room =
          script.arrays(scope, "room", weights, views(script, scope, grad), x, y, mask);
      script.tensors(scope, "gradients", (Object) room);
      float[] found = grad.toFloatArray();
      double step = 1e-3;
      for (int i = 0; i < theta.length; i++) {
        float[] up = theta.clone();
        float[] down = theta.clone();
        up[i] += (float) step;
        down[i] -= (float) step;
        double slope =
            (fit(script, scope, up, size, x, y, mask) - fit(script, scope, down, size, x, y, mask))
                / (up[i] - (double) down[i]);
        assertThat((double) found[i])
            .as("weight %d", i)
            .isCloseTo(slope, within(.02 * (1 + Math.abs(slope))));
      }
    }
  }

  private static double fit(
      ScriptModule script,
      TensorScope scope,
      float[] theta,
      int size,
      PtNDArray x,
      PtNDArray y,
      PtNDArray mask) {
    NDList out =
        script.tensors(scope, "network", views(script, scope, scope.of(theta, DRAWS, size)), x);
    NDList log =
        script.tensors(scope, "log_likelihood", (PtNDArray) out.singletonOrThrow(), y, mask);
    double sum = 0;
    for (float value : log.singletonOrThrow().toFloatArray()) {
      sum += value;
    }
    return sum;
  }

  private static float[] gaussians(Random random, int count, double sd) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (sd * random.nextGaussian());
    }
    return values;
  }
}
