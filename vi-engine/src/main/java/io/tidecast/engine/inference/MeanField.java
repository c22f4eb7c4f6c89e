package io.tidecast.engine.inference;

import ai.djl.pytorch.engine.PtNDArray;
import io.tidecast.engine.device.TensorScope;
import io.tidecast.engine.network.Likelihood;
import io.tidecast.engine.network.ParameterBlock;
import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * A Gaussian with independent weights and its proximal score-matching step.
 *
 * <p>The objective (score matching plus a proximal penalty, samples from the frozen previous
 * posterior) is that of Kim, arXiv 2602.05873; the closed-form step for a Gaussian with a precision
 * that stays positive by construction, the control variate and the noise law are ours (see
 * docs/inference).
 */
final class MeanField {
  private final TensorScope scope;
  private final List<ParameterBlock> blocks;
  private final int parameters;
  private final PtNDArray mean;
  private final PtNDArray sd;
  private final PtNDArray moment1;
  private final PtNDArray moment2;
  private final PtNDArray priorPrecision;
  private final PtNDArray priorMean;
  private final PtNDArray noise;
  private final PtNDArray adamSteps;
  private final PtNDArray[] state;
  private final Map<Integer, PtNDArray[]> work = new HashMap<>();

  MeanField(
      TensorScope scope,
      List<ParameterBlock> blocks,
      Likelihood likelihood,
      LearningSettings settings,
      long seed) {
    this.scope = scope;
    this.blocks = List.copyOf(blocks);
    parameters = blocks.stream().mapToInt(ParameterBlock::size).sum();
    float[] m = new float[parameters];
    float[] p0 = new float[parameters];
    float[] s = new float[parameters];
    Random random = new Random(seed);
    int at = 0;
    ParameterBlock outputBias =
        blocks.stream().filter(b -> b.name().startsWith("b")).reduce((a, b) -> b).orElseThrow();
    for (ParameterBlock block : blocks) {
      for (int i = 0; i < block.size(); i++, at++) {
        double start = block.initialMean();
        if (block.equals(outputBias)) {
          start = i < block.size() / 2 ? likelihood.initialLocation() : likelihood.initialTail();
        }
        m[at] = (float) (start + block.initialSd() * random.nextGaussian());
        p0[at] = (float) block.priorPrecision();
        s[at] = (float) (1 / Math.sqrt(block.priorPrecision() * settings.initialPrecisionFactor()));
      }
    }
    mean = scope.of(m, parameters);
    sd = scope.of(s, parameters);
    moment1 = scope.zeros(parameters);
    moment2 = scope.zeros(parameters);
    priorPrecision = scope.of(p0, parameters);
    priorMean = settings.priorAtInitialMean() ? scope.of(m, parameters) : scope.zeros(parameters);
    noise = scope.zeros(blocks.size());
    adamSteps = scope.zeros();
    float[] sizes = new float[blocks.size()];
    long[] counts = new long[blocks.size()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = blocks.get(i).size();
      counts[i] = blocks.get(i).size();
    }
    state =
        new PtNDArray[] {
          mean,
          sd,
          moment1,
          moment2,
          priorPrecision,
          priorMean,
          noise,
          adamSteps,
          scope.of(sizes, sizes.length),
          scope.of(counts)
        };
  }

  int parameters() {
    return parameters;
  }

  List<Integer> sizes() {
    return blocks.stream().map(ParameterBlock::size).toList();
  }

  PtNDArray[] state() {
    return state;
  }

  /** Buffers for a number of draws, allocated once. */
  PtNDArray[] work(int draws) {
    return work.computeIfAbsent(
        draws,
        m ->
            new PtNDArray[] {
              scope.zeros(m / 2, parameters),
              scope.zeros(m / 2, parameters),
              scope.zeros(m, parameters),
              scope.zeros(m, parameters)
            });
  }

  String script(int targets, LearningSettings settings) {
    try (InputStream in =
        Objects.requireNonNull(
            MeanField.class.getResourceAsStream("mean_field.py"), "mean_field.py")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("DEVICE", scope.torchDevice().isGpu() ? "cuda" : "cpu")
          .replace("LOCATIONS", String.valueOf(targets))
          .replace("SIZES", sizes().toString())
          .replace("PARAMETERS", String.valueOf(parameters))
          .replace("BETA1", number(settings.beta1()))
          .replace("BETA2", number(settings.beta2()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void saveTo(StateWriter out) {
    out.putFloats("mean", mean.toFloatArray())
        .putFloats("sd", sd.toFloatArray())
        .putFloats("moment1", moment1.toFloatArray())
        .putFloats("moment2", moment2.toFloatArray())
        .putFloats("priorMean", priorMean.toFloatArray())
        .putFloats("noise", noise.toFloatArray())
        .putDouble("adamSteps", adamSteps.getFloat());
  }

  void restore(StateReader in) {
    overwrite(mean, in.getFloats("mean", parameters));
    overwrite(sd, in.getFloats("sd", parameters));
    overwrite(moment1, in.getFloats("moment1", parameters));
    overwrite(moment2, in.getFloats("moment2", parameters));
    overwrite(priorMean, in.getFloats("priorMean", parameters));
    overwrite(noise, in.getFloats("noise", blocks.size()));
    overwrite(adamSteps, new float[] {(float) in.getDouble("adamSteps")});
  }

  /** In place: {@code NDArray.set(Buffer)} would give the array new storage. */
  private void overwrite(PtNDArray target, float[] values) {
    try (PtNDArray source = scope.of(values, target.getShape().getShape())) {
      target.muli(0).addi(source);
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.17g", value);
  }
}
