package io.tidecast.engine.posterior;

/**
 * Decay of Adam's moments (Kingma &amp; Ba 2015).
 *
 * @param beta1 of the first moment
 * @param beta2 of the second moment
 */
public record AdamDecay(double beta1, double beta2) {
  public AdamDecay {
    if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
      throw new IllegalArgumentException(
          "Adam: expected decays in [0, 1), got %s and %s".formatted(beta1, beta2));
    }
  }
}
