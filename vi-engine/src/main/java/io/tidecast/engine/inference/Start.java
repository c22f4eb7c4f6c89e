package io.tidecast.engine.inference;

import io.tidecast.engine.network.Likelihood;
import io.tidecast.engine.network.ParameterBlock;
import io.tidecast.engine.posterior.Prior;
import java.util.List;
import java.util.Random;

/** Initial weights and prior of a network. */
final class Start {
  private Start() {}

  /** Draws with {@link Random}, whose sequence the Java platform specifies. */
  static Prior of(
      List<ParameterBlock> blocks, Likelihood likelihood, LearningSettings settings, long seed) {
    int parameters = blocks.stream().mapToInt(ParameterBlock::size).sum();
    float[] start = new float[parameters];
    float[] precision = new float[parameters];
    float[] startPrecision = new float[parameters];
    Random random = new Random(seed);
    int at = 0;
    for (ParameterBlock block : blocks) {
      for (int i = 0; i < block.size(); i++, at++) {
        double centre =
            block.outputBias() ? likelihood.initialBias(i, block.size()) : block.initialMean();
        start[at] = (float) (centre + block.initialSd() * random.nextGaussian());
        precision[at] = (float) block.priorPrecision();
        startPrecision[at] = (float) (block.priorPrecision() * settings.initialPrecisionFactor());
      }
    }
    float[] mean = settings.priorAtInitialMean() ? start.clone() : new float[parameters];
    return new Prior(mean, precision, start, startPrecision);
  }
}
