package io.tidecast.engine.posterior;

/**
 * How far a step goes: Adam, the inner solver for the means (Kingma &amp; Ba 2015), and the noise
 * law for the precisions.
 *
 * @param beta1 decay of Adam's first moment
 * @param beta2 decay of Adam's second moment
 * @param noiseLimit the step size rho of a tensor's precisions is at most this over the running
 *     mean of delta^2; infinite for no limit but the batch's share of the memory
 * @param clip whether a mean score more than ten times as long as usual is shortened
 * @param averaging below 1, the means that predictions are drawn around are averages, in which the
 *     newest have this share in the end; each step is told its own (iterate averaging, Polyak and
 *     Juditsky 1992, with exponential weights)
 */
public record UpdateRule(
    double beta1, double beta2, double noiseLimit, boolean clip, double averaging) {
  /** Adam's decays that its authors propose. */
  public static final double BETA1 = .9;

  public static final double BETA2 = .999;

  /** Measured in the prototype (docs/inference, fact 6). */
  public static final double NOISE_LIMIT = .02;

  public UpdateRule {
    if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
      throw new IllegalArgumentException(
          "Adam: expected decays in [0, 1), got %s and %s".formatted(beta1, beta2));
    }
    if (!(noiseLimit > 0)) {
      throw new IllegalArgumentException(
          "noise limit: expected a positive number, got " + noiseLimit);
    }
    if (!(averaging > 0 && averaging <= 1)) {
      throw new IllegalArgumentException("averaging: expected a share in (0, 1], got " + averaging);
    }
  }

  /** Without averaging. */
  public UpdateRule(double beta1, double beta2, double noiseLimit, boolean clip) {
    this(beta1, beta2, noiseLimit, clip, 1);
  }
}
