package io.tidecast.engine.posterior;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.pytorch.engine.PtNDArray;
import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.DeviceChoice;
import io.tidecast.engine.device.ScriptModule;
import io.tidecast.engine.device.TensorScope;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * By the noise law the log precisions neither spread nor drift, whatever the number of weights. A
 * regression on inputs of +-1, so that every curvature is the same and the precisions start where
 * they belong. With {@code -Dtidecast.drift.steps=10000} as long as the run that the design was
 * measured by.
 */
class PrecisionDriftTest {
  private static final int TABLE = 16;
  private static final int ROWS = 8;
  private static final double N = 1e5;

  private static final String SCRIPT =
      """
      def log_likelihood(self: __torch__.Script, out: Tensor, y: Tensor, mask: Tensor) -> Tensor:
        return out
      def run(self: __torch__.Script, state: List[Tensor], means: List[Tensor], work: List[Tensor], pool: Tensor, table: Tensor, seed: int, numbers: List[float]) -> List[float]:
        theta = (self).draw(state, work, pool, seed)
        generator = torch.Generator(device=torch.device("cpu"), seed=seed)
        x = table.narrow(0, int(numbers[4]), ROWS)
        y = torch.empty([1, ROWS], dtype=6, layout=0, device=x.device).normal_(0., 1., generator=generator)
        residual = (y - torch.matmul(theta, x.t())) * (1. / float(ROWS * theta.size(0)))
        grad = torch.mm(residual, x, out=work[1])
        return [(self).update(state, means, work, residual, numbers[0], numbers[1], numbers[2], numbers[3], 1.)]
      """
          .replace("ROWS", String.valueOf(ROWS));

  @ParameterizedTest(name = "P={0}")
  @CsvSource({"1000, 3000", "10000, 1000", "100000, 300", "1000000, 30"})
  void log_precisions_stay_where_they_belong(int p, int standard) {
    int steps = Math.max(standard, Integer.getInteger("tidecast.drift.steps", 0));
    double curvature = N + 1;
    WeightLayout layout = new WeightLayout(List.of(new WeightLayout.Shape(1, p)));
    UpdateRule rule = new UpdateRule(.9, .999, UpdateRule.NOISE_LIMIT, false);
    Random random = new Random(17);
    try (ComputeDevice device = ComputeDevice.open(DeviceChoice.CPU, false);
        TensorScope scope = device.newScope()) {
      Posterior posterior =
          new Family.MeanField()
              .create(scope, layout, Driver.prior(1, new double[p], 1, curvature), rule);
      PtNDArray table = scope.of(signs(random, TABLE * p), TABLE, p);
      PtNDArray noPool = scope.zeros(1);
      try (ScriptModule script = ScriptModule.compile(scope, SCRIPT + posterior.script())) {
        Object buffers = posterior.learningWork(2);
        PtNDArray[] work = script.arrays(scope, "with_views", buffers);
        for (int t = 0; t < steps; t++) {
          // as in the run that was measured, the first step, whose noise nobody knows yet, is short
          double rate = t == 0 ? 1e-5 : 1e-3;
          double from = random.nextInt(TABLE - ROWS + 1);
          script.numbers(
              "run",
              posterior.state(),
              posterior.means(),
              work,
              noPool,
              table,
              7919L * t + 1,
              new double[] {N, rate, 0, .05, from});
        }
      }
      double mean = 0;
      double square = 0;
      for (float precision : posterior.precision()) {
        double log = Math.log(precision / curvature);
        mean += log / p;
        square += log * log / p;
      }
      double sd = Math.sqrt(square - mean * mean);
      System.out.printf("P %,d, %,d steps: log precision sd %.4f, mean %.4f%n", p, steps, sd, mean);
      assertThat(sd).isBetween(1e-5, .15);
      assertThat(mean).isBetween(-.05, .05);
    }
  }

  private static float[] signs(Random random, int count) {
    float[] signs = new float[count];
    long bits = 0;
    for (int i = 0; i < count; i++) {
      bits = i % 64 == 0 ? random.nextLong() : bits >>> 1;
      signs[i] = (bits & 1) == 0 ? 1 : -1;
    }
    return signs;
  }
}
