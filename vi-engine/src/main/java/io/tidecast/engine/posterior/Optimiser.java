package io.tidecast.engine.posterior;

/**
 * Adam, the inner solver for the means (Kingma &amp; Ba 2015).
 *
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param clip whether a mean score more than ten times as long as usual is shortened
 */
public record Optimiser(double beta1, double beta2, boolean clip) {
  public Optimiser {
    if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
      throw new IllegalArgumentException(
          "Adam: expected decays in [0, 1), got %s and %s".formatted(beta1, beta2));
    }
  }
}
