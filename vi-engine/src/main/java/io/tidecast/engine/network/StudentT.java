package io.tidecast.engine.network;

import static io.tidecast.engine.device.ScriptText.number;

import io.tidecast.engine.predict.Density;
import io.tidecast.engine.predict.StudentTDensity;
import java.util.Optional;
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

  /** Location 0, scale exp(-.7), as in the forecasting recipe. */
  @Override
  public double initialBias(int output, int outputs) {
    return output < outputs / 2 ? 0 : -.7;
  }

  @Override
  public boolean boundedScore() {
    return true;
  }

  @Override
  public String script(int targets) {
    double nu = degreesOfFreedom;
    double constant =
        Gamma.logGamma((nu + 1) / 2) - Gamma.logGamma(nu / 2) - .5 * Math.log(nu * Math.PI);
    return """
    def log_likelihood(self: __torch__.Script, out: Tensor, y: Tensor, mask: Tensor) -> Tensor:
      log_scale = out.narrow(2, %1$d, %1$d).clamp(-6., 3.)
      r = (y - out.narrow(2, 0, %1$d)) * torch.exp(-log_scale)
      density = torch.log1p(r * r / %2$s) * -%4$s - log_scale + %3$s
      return density * mask
    def likelihood_room(self: __torch__.Script, out: Tensor, d: Tensor) -> List[Tensor]:
      parts = [out.narrow(2, 0, %1$d), out.narrow(2, %1$d, %1$d), d.narrow(2, 0, %1$d), d.narrow(2, %1$d, %1$d)]
      for i in range(5):
        parts = torch.add(parts, [torch.zeros_like(parts[0], memory_format=0)])
      # an operation on a tensor's and a script's number costs twice one on two tensors
      return torch.add(parts, [out.new_full([], %2$s), out.new_full([], %5$s)])
    def likelihood_gradient(self: __torch__.Script, room: List[Tensor], y: Tensor, mask: Tensor) -> Tensor:
      location, raw, d_location, d_raw, log_scale, inverse, r, k, slope, nu, nu_and_one = room
      limited = torch.clamp(raw, -6., 3., out=log_scale)
      inverted = torch.neg(log_scale, out=inverse).exp_()
      relative = torch.sub(y, location, out=r).mul_(inverse)
      square = torch.addcmul(nu, r, r, out=slope)
      pull = torch.div(torch.mul(mask, nu_and_one), slope, out=k).mul_(r)
      wider = torch.mul(k, r, out=slope).sub_(mask)
      inward = log_scale.sub_(raw).mul_(slope)
      pulled = torch.mul(k, inverse, out=d_location)
      return torch.threshold_backward(slope, inward, -1.e-30, grad_input=d_raw)
    def describe(self: __torch__.Script, out: Tensor) -> List[Tensor]:
      scale = torch.exp(out.narrow(2, %1$d, %1$d).clamp(-6., 3.))
      return [out.narrow(2, 0, %1$d).contiguous(), scale]
    """
        .formatted(targets, number(nu), number(constant), number((nu + 1) / 2), number(nu + 1));
  }

  @Override
  public String samplingScript() {
    return """
    def sample(self: __torch__.Script, out: Tensor, seed: int) -> Tensor:
      parts = (self).describe(out)
      nu = %1$s
      chi = (self).gammas(torch.full_like(parts[0], nu * 0.5), seed + 1) * (2. / nu)
      return parts[0] + parts[1] * (self).gaussians(parts[0], seed) * torch.rsqrt(chi)
    """
        .formatted(number(degreesOfFreedom));
  }

  @Override
  public Optional<Density> density() {
    return Optional.of(new StudentTDensity(degreesOfFreedom));
  }
}
