package io.tidecast.engine.posterior;

/**
 * The prior, a Gaussian with independent weights, and where the posterior starts.
 *
 * @param mean prior means [P]
 * @param precision prior precisions [P]
 * @param start means that the posterior starts from [P]
 * @param startPrecision precisions that the posterior starts from [P]
 */
public record Prior(float[] mean, float[] precision, float[] start, float[] startPrecision) {
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
