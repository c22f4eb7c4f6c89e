package io.tidecast.engine.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.DeviceChoice;
import io.tidecast.engine.device.ScriptModule;
import io.tidecast.engine.device.TensorScope;
import io.tidecast.engine.predict.Density;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LikelihoodTest {
  private static final int ROWS = 40;

  static Stream<Likelihood> numbers() {
    return Stream.of(
        new StudentT(5),
        new StudentT(3.7),
        new LearnedStudentT(),
        new Gaussian(OptionalDouble.empty()),
        new Gaussian(OptionalDouble.of(.3)),
        new NegativeBinomial());
  }

  /** The script's log density and gradient at random outputs [1, ROWS, K] and targets. */
  private record Evaluation(
      float[] out, float[] y, float[] log, float[] gradient, float[][] parts) {
    static Evaluation of(Likelihood likelihood, float[] out, float[] y) {
      int k = likelihood.outputs(1);
      try (ComputeDevice device = ComputeDevice.open(DeviceChoice.CPU, false);
          TensorScope scope = device.newScope();
          ScriptModule script = ScriptModule.compile(scope, likelihood.script(1))) {
        PtNDArray outputs = scope.of(out, 1, ROWS, k);
        PtNDArray targets = scope.of(y, ROWS, 1);
        PtNDArray mask = scope.full(1, ROWS, 1);
        NDList log = script.tensors(scope, "log_likelihood", outputs, targets, mask);
        PtNDArray gradient = scope.zeros(1, ROWS, k);
        PtNDArray[] room = script.arrays(scope, "likelihood_room", outputs, gradient);
        script.tensors(scope, "likelihood_gradient", room, targets, mask);
        float[][] parts =
            script.tensors(scope, "describe", outputs).stream()
                .map(part -> part.toFloatArray())
                .toArray(float[][]::new);
        return new Evaluation(
            out, y, log.singletonOrThrow().toFloatArray(), gradient.toFloatArray(), parts);
      }
    }
  }

  private static float[] outputs(Likelihood likelihood) {
    Random random = new Random(6);
    float[] out = new float[ROWS * likelihood.outputs(1)];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) Math.max(-2.5, Math.min(2.5, 1.5 * random.nextGaussian()));
    }
    return out;
  }

  private static float[] targets(Likelihood likelihood) {
    Random random = new Random(8);
    float[] y = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      y[i] =
          likelihood instanceof NegativeBinomial
              ? random.nextInt(12)
              : (float) (3 * random.nextGaussian());
    }
    return y;
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void log_density_and_gradient_agree_with_double_precision(Likelihood likelihood) {
    Evaluation e = Evaluation.of(likelihood, outputs(likelihood), targets(likelihood));
    Density density = likelihood.density().orElseThrow();
    int k = likelihood.outputs(1);
    for (int row = 0; row < ROWS; row++) {
      double[] out = new double[k];
      for (int i = 0; i < k; i++) {
        out[i] = e.out[row * k + i];
      }
      double y = e.y[row];
      double reference = density.logDensity(y, parameters(likelihood, out));
      assertThat((double) e.log[row])
          .isCloseTo(reference, within(2e-4 * (1 + Math.abs(reference))));
      for (int i = 0; i < k; i++) {
        double slope = slope(likelihood, density, out, y, i);
        assertThat((double) e.gradient[row * k + i])
            .as("row %d, output %d", row, i)
            .isCloseTo(slope, within(1e-3 * (1 + Math.abs(slope))));
      }
    }
  }

  private static double slope(
      Likelihood likelihood, Density density, double[] out, double y, int i) {
    double step = 1e-5;
    double[] up = out.clone();
    double[] down = out.clone();
    up[i] += step;
    down[i] -= step;
    return (density.logDensity(y, parameters(likelihood, up))
            - density.logDensity(y, parameters(likelihood, down)))
        / (2 * step);
  }

  /** The density's parameters for network outputs, in double precision. */
  private static double[] parameters(Likelihood likelihood, double[] out) {
    if (likelihood instanceof NegativeBinomial) {
      return new double[] {Math.exp(out[0]), Math.exp(out[1])};
    } else if (likelihood instanceof LearnedStudentT) {
      return new double[] {out[0], Math.exp(out[1]), 2 + Math.exp(out[2])};
    } else if (likelihood instanceof Gaussian gaussian && gaussian.sd().isPresent()) {
      return new double[] {out[0], gaussian.sd().getAsDouble()};
    }
    return new double[] {out[0], Math.exp(out[1])};
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void densities_sum_to_one_and_quantiles_invert_the_distribution(Likelihood likelihood) {
    Density density = likelihood.density().orElseThrow();
    double[] parameters = parameters(likelihood, new double[] {.4, .2, 1});
    double step = density.discrete() ? 1 : .01;
    double sum = 0;
    for (double y = density.discrete() ? 0 : -400; y < 400; y += step) {
      sum += Math.exp(density.logDensity(y, parameters)) * step;
    }
    assertThat(sum).isCloseTo(1, within(1e-4));
    for (double level : new double[] {.025, .3, .5, .9, .975}) {
      double q = density.quantile(level, parameters);
      if (density.discrete()) {
        assertThat(density.cdf(q, parameters)).isGreaterThanOrEqualTo(level);
        assertThat(density.cdf(q - 1, parameters)).isLessThan(level);
      } else {
        assertThat(density.cdf(q, parameters)).isCloseTo(level, within(1e-8));
      }
    }
  }

  @Test
  void a_class_has_its_softmax_probability_and_gradient() {
    Likelihood likelihood = new Categorical(3);
    float[] y = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      y[i] = i % 3;
    }
    Evaluation e = Evaluation.of(likelihood, outputs(likelihood), y);
    for (int row = 0; row < ROWS; row++) {
      double total = 0;
      for (int c = 0; c < 3; c++) {
        total += Math.exp(e.out[row * 3 + c]);
      }
      for (int c = 0; c < 3; c++) {
        double p = Math.exp(e.out[row * 3 + c]) / total;
        double hit = c == row % 3 ? 1 : 0;
        assertThat((double) e.gradient[row * 3 + c]).isCloseTo(hit - p, within(1e-5));
        assertThat((double) e.parts[0][row * 3 + c]).isCloseTo(p, within(1e-5));
        if (hit == 1) {
          assertThat((double) e.log[row]).isCloseTo(Math.log(p), within(1e-4));
        }
      }
    }
  }

  @Test
  void at_its_limits_a_log_scale_is_only_pulled_back() {
    Evaluation e = Evaluation.of(new StudentT(5), spread(0, 4, 0, -7), repeated(1e-6f, 50, 0, 30));
    assertThat(e.gradient[1]).as("too wide, target near: narrower").isNegative();
    assertThat(e.gradient[3]).as("too wide, target far: no wider").isZero();
    assertThat(e.gradient[5]).as("too narrow, target near: no narrower").isZero();
    assertThat(e.gradient[7]).as("too narrow, target far: wider").isPositive();
  }

  /** Rows alternate in pairs between (a, b) and (c, d). */
  private static float[] spread(float a, float b, float c, float d) {
    float[] out = new float[2 * ROWS];
    for (int row = 0; row < ROWS; row++) {
      out[2 * row] = row % 4 < 2 ? a : c;
      out[2 * row + 1] = row % 4 < 2 ? b : d;
    }
    return out;
  }

  private static float[] repeated(float... cycle) {
    float[] values = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      values[i] = cycle[i % cycle.length];
    }
    return values;
  }
}
