package io.tidecast.engine.posterior;

/**
 * The prior, a Gaussian with independent weights, and where the posterior starts. Pretrained
 * weights can be both prior mean and start.
 *
 * @param mean prior means [P]
 * @param precision prior precisions [P]
 * @param start means that the posterior starts from [C P], component by component
 * @param startPrecision precisions that each component starts from [P]
 * @param seed of whatever else a family starts from
 */
public record Prior(
    float[] mean, float[] precision, float[] start, float[] startPrecision, long seed) {
  boolean centredOnZero() {
    for (float m : mean) {
      if (m != 0) {
        return false;
      }
    }
    return true;
  }

  /** Precision times mean. */
  float[] pull() {
    float[] pull = new float[mean.length];
    for (int i = 0; i < pull.length; i++) {
      pull[i] = precision[i] * mean[i];
    }
    return pull;
  }
}
