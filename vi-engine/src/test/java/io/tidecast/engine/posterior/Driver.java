package io.tidecast.engine.posterior;

import ai.djl.pytorch.engine.PtNDArray;
import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.DeviceChoice;
import io.tidecast.engine.device.ScriptModule;
import io.tidecast.engine.device.TensorScope;
import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Steps a posterior with scores computed in double precision by a test. */
final class Driver implements AutoCloseable {
  private static final String UNUSED =
      """
      def log_likelihood(self: __torch__.Script, out: Tensor, y: Tensor, mask: Tensor) -> Tensor:
        return out
      def run(self: __torch__.Script, state: List[Tensor], means: List[Tensor], work: List[Tensor], value: Tensor, numbers: List[float]) -> List[float]:
        return [(self).update(state, means, work, value, numbers[0], numbers[1], numbers[2], numbers[3], numbers[4])]
      """;

  static final UpdateRule UNLIMITED = new UpdateRule(.9, .999, Double.POSITIVE_INFINITY, false);

  final Posterior posterior;
  private final ComputeDevice device = ComputeDevice.open(DeviceChoice.CPU, false);
  private final TensorScope scope = device.newScope();
  private final ScriptModule script;
  private final PtNDArray noPool = scope.zeros(1);
  private final int draws;
  private final double averaging;
  private final PtNDArray[] work;
  private long steps;
  private double scale;

  Driver(Family family, WeightLayout layout, Prior prior, int draws, UpdateRule rule) {
    this(family, layout, prior, draws, rule, false);
  }

  /**
   * @param masked whether scores that are not finite are masked, as on a GPU
   */
  Driver(
      Family family, WeightLayout layout, Prior prior, int draws, UpdateRule rule, boolean masked) {
    posterior = family.create(scope, layout, prior, rule);
    script = ScriptModule.compile(scope, UNUSED + posterior.script(masked));
    this.draws = draws;
    averaging = rule.averaging();
    work = script.arrays(scope, "with_views", (Object) posterior.learningWork(draws));
  }

  static Prior prior(int components, double[] start, double prior, double precision) {
    int p = start.length / components;
    float[] priors = new float[p];
    float[] precisions = new float[p];
    java.util.Arrays.fill(priors, (float) prior);
    java.util.Arrays.fill(precisions, (float) precision);
    float[] at = new float[start.length];
    for (int i = 0; i < at.length; i++) {
      at[i] = (float) start[i];
    }
    return new Prior(new float[p], priors, at, precisions, 3);
  }

  /**
   * One step.
   *
   * @param score gradient of the whole log-likelihood at a weight draw, exact or a noisy unbiased
   *     estimate
   * @param value log-likelihood of the whole data at a weight draw, for mixture weights
   */
  void step(
      Function<double[], double[]> score,
      ToDoubleFunction<double[]> value,
      double n,
      double rate,
      double lr,
      boolean refresh) {
    try (TensorScope step = device.newScope()) {
      script.tensors(step, "draw", posterior.state(), work, noPool, 7919 * steps++ + 1);
      float[] theta = work[0].toFloatArray();
      int p = posterior.parameters();
      float[] grad = new float[theta.length];
      float[] values = new float[draws];
      for (int m = 0; m < draws; m++) {
        double[] draw = new double[p];
        for (int i = 0; i < p; i++) {
          draw[i] = theta[m * p + i];
        }
        double[] g = score.apply(draw);
        for (int i = 0; i < p; i++) {
          grad[m * p + i] = (float) (g[i] / n / draws);
        }
        values[m] = (float) (value.applyAsDouble(draw) / n / draws);
      }
      posterior.overwrite(work[1], grad);
      script.numbers(
          "run",
          posterior.state(),
          posterior.means(),
          work,
          step.of(values, draws),
          new double[] {n, rate, lr, refresh ? .05 : 0, averaging});
      scale = n * draws / 2;
    }
  }

  void step(Function<double[], double[]> score, double n, double rate, double lr) {
    step(score, theta -> 0, n, rate, lr, true);
  }

  /** Mean over the pairs of the last step's relative curvature error [P]; mean-field only. */
  double[] delta() {
    float[] t = work[0].toFloatArray();
    int p = posterior.parameters();
    int pairs = draws / 2;
    double[] delta = new double[p];
    for (int k = 0; k < pairs; k++) {
      for (int i = 0; i < p; i++) {
        delta[i] -= t[k * p + i] * scale / pairs;
      }
    }
    return delta;
  }

  byte[] save() {
    StateWriter out = new StateWriter("test", 1);
    posterior.saveTo(out);
    return out.toBytes();
  }

  void restore(byte[] bytes, long steps) {
    posterior.restore(new StateReader("test", 1, bytes));
    this.steps = steps;
  }

  int liveArrays() {
    return device.liveArrays();
  }

  @Override
  public void close() {
    script.close();
    scope.close();
    device.close();
  }
}
