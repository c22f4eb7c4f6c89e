package io.tidecast.engine.network;

import java.util.Locale;
import org.hipparchus.special.Gamma;

/**
 * Location-scale Student-t per target. Outputs are H locations, then H log scales, which are
 * limited to [-6, 3]; at a limit only the gradient that leads further out is dropped.
 *
 * @param degreesOfFreedom tail weight nu &gt; 2, so that the variance exists
 */
public record StudentT(double degreesOfFreedom) implements Likelihood {
  public StudentT {
    if (!(degreesOfFreedom > 2)) {
      throw new IllegalArgumentException(
          "student-t: degrees of freedom must be above 2, got " + degreesOfFreedom);
    }
  }

  @Override
  public int outputs(int targets) {
    return 2 * targets;
  }

  @Override
  public double initialLocation() {
    return 0;
  }

  @Override
  public double initialTail() {
    return -.7;
  }

  @Override
  public String script(int targets) {
    double nu = degreesOfFreedom;
    double constant =
        Gamma.logGamma((nu + 1) / 2) - Gamma.logGamma(nu / 2) - .5 * Math.log(nu * Math.PI);
    return """
    def log_likelihood(self: __torch__.Script, out: Tensor, y: Tensor, mask: Tensor) -> Tensor:
      location = out.narrow(2, 0, %1$d)
      log_scale = out.narrow(2, %1$d, %1$d).clamp(-6., 3.)
      r = (y - location) * torch.exp(-log_scale)
      density = torch.log1p(r * r / %2$s) * -%4$s - log_scale + %3$s
      return (density * mask).sum([2]) / %1$d.
    def likelihood_gradient(self: __torch__.Script, out: Tensor, y: Tensor, mask: Tensor) -> Tensor:
      location = out.narrow(2, 0, %1$d)
      raw = out.narrow(2, %1$d, %1$d)
      log_scale = raw.clamp(-6., 3.)
      inverse = torch.exp(-log_scale)
      r = (y - location) * inverse
      weight = mask * %6$s
      k = (r * %5$s) / (r * r + %2$s)
      slope = (k * r - 1) * weight
      outward = ((raw - log_scale) * slope) > 0
      return torch.cat([k * inverse * weight, slope.masked_fill(outward, 0.)], 2)
    def scales(self: __torch__.Script, out: Tensor) -> Tensor:
      return torch.exp(out.narrow(2, %1$d, %1$d).clamp(-6., 3.))
    """
        .formatted(
            targets,
            number(nu),
            number(constant),
            number((nu + 1) / 2),
            number(nu + 1),
            number(1.0 / targets));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.17g", value);
  }
}
