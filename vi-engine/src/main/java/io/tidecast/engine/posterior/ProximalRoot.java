package io.tidecast.engine.posterior;

/**
 * The factor by which the proximal step multiplies a precision, in double precision.
 *
 * <p>For the whitened curvature h and the proximal weight kappa = 1 / rho - 1 the step minimises
 * {@code L^2 / 2 - h L + kappa (L - 1 - log L)}, whose only stationary point with L &gt; 0 is
 * {@code L = ((h - kappa) + sqrt((h - kappa)^2 + 4 kappa)) / 2} (our derivation; docs/inference,
 * fact 4). The scripts compute the same in float32.
 */
public final class ProximalRoot {
  private ProximalRoot() {}

  /**
   * The root, by the form that does not cancel.
   *
   * @param h whitened curvature, any finite number
   * @param kappa proximal weight, above 0
   * @return a number above 0
   */
  public static double of(double h, double kappa) {
    double b = kappa - h;
    double root = Math.sqrt(b * b + 4 * kappa);
    return b > 0 ? 2 * kappa / (b + root) : .5 * (root - b);
  }
}
