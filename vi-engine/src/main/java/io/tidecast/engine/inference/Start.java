package io.tidecast.engine.inference;

import io.tidecast.engine.network.Likelihood;
import io.tidecast.engine.network.ParameterBlock;
import io.tidecast.engine.posterior.Prior;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Initial weights and prior of a network. */
final class Start {
  private Start() {}

  /** Draws with {@link Random}, whose sequence the Java platform specifies. */
  static Prior of(
      List<ParameterBlock> blocks, Likelihood likelihood, LearningSettings settings, long seed) {
    int parameters = blocks.stream().mapToInt(ParameterBlock::size).sum();
    int components = settings.family().components();
    float[] start = new float[Math.multiplyExact(components, parameters)];
    Random random = new Random(seed);
    int at = 0;
    for (int c = 0; c < components; c++) {
      for (ParameterBlock block : blocks) {
        for (int i = 0; i < block.size(); i++, at++) {
          double centre =
              block.outputBias() ? likelihood.initialBias(i, block.size()) : block.initialMean();
          start[at] = (float) (centre + block.initialSd() * random.nextGaussian());
        }
      }
    }
    float[] precision = new float[parameters];
    float[] startPrecision = new float[parameters];
    at = 0;
    for (ParameterBlock block : blocks) {
      for (int i = 0; i < block.size(); i++, at++) {
        double p = block.priorPrecision(i % block.columns());
        precision[at] = (float) p;
        startPrecision[at] = (float) (p * settings.initialPrecisionFactor());
      }
    }
    float[] mean =
        settings.priorAtInitialMean() ? Arrays.copyOf(start, parameters) : centres(blocks);
    return new Prior(mean, precision, start, startPrecision, seed);
  }

  /** Zero, save for the gains of a normalisation, which are shrunk towards 1. */
  private static float[] centres(List<ParameterBlock> blocks) {
    float[] centres = new float[blocks.stream().mapToInt(ParameterBlock::size).sum()];
    int at = 0;
    for (ParameterBlock block : blocks) {
      Arrays.fill(centres, at, at + block.size(), (float) block.initialMean());
      at += block.size();
    }
    return centres;
  }

  /** Pretrained weights are prior mean and start of every component. */
  static Prior pretrained(Prior prior, float[] weights) {
    float[] start = new float[prior.start().length];
    for (int at = 0; at < start.length; at += weights.length) {
      System.arraycopy(weights, 0, start, at, weights.length);
    }
    return new Prior(weights, prior.precision(), start, prior.startPrecision(), prior.seed());
  }
}
