package io.tidecast.engine.network;

import static io.tidecast.engine.device.ScriptText.number;

import io.tidecast.engine.predict.Density;
import io.tidecast.engine.predict.GaussianDensity;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Gaussian per target. Outputs are H means and, where the deviation is learned, H log deviations in
 * [-6, 3].
 *
 * @param sd the known standard deviation, or empty to learn it
 */
public record Gaussian(OptionalDouble sd) implements Likelihood {
  public Gaussian {
    if (sd.isPresent() && !(sd.getAsDouble() > 0)) {
      throw new IllegalArgumentException(
          "gaussian: the standard deviation must be positive, got " + sd.getAsDouble());
    }
  }

  @Override
  public int outputs(int targets) {
    return sd.isPresent() ? targets : 2 * targets;
  }

  @Override
  public double initialBias(int output, int outputs) {
    return sd.isPresent() || output < outputs / 2 ? 0 : -.7;
  }

  @Override
  public boolean boundedScore() {
    return false;
  }

  @Override
  public String script(int targets) {
    return sd.isPresent() ? known(Math.log(sd.getAsDouble())) : learned(targets);
  }

  private static String known(double logSd) {
    return """
    def log_likelihood(self: __torch__.Script, out: Tensor, y: Tensor, mask: Tensor) -> Tensor:
      r = (y - out) * %1$s
      return (r * r * -0.5 + %2$s) * mask
    def likelihood_room(self: __torch__.Script, out: Tensor, d: Tensor) -> List[Tensor]:
      return [out, d]
    def likelihood_gradient(self: __torch__.Script, room: List[Tensor], y: Tensor, mask: Tensor) -> Tensor:
      return torch.sub(y, room[0], out=room[1]).mul_(mask).mul_(%3$s)
    def describe(self: __torch__.Script, out: Tensor) -> List[Tensor]:
      return [out, torch.full_like(out, %4$s)]
    """
        .formatted(
            number(Math.exp(-logSd)),
            number(-.5 * Math.log(2 * Math.PI) - logSd),
            number(Math.exp(-2 * logSd)),
            number(Math.exp(logSd)));
  }

  private static String learned(int targets) {
    return """
    def log_likelihood(self: __torch__.Script, out: Tensor, y: Tensor, mask: Tensor) -> Tensor:
      log_scale = out.narrow(2, %1$d, %1$d).clamp(-6., 3.)
      r = (y - out.narrow(2, 0, %1$d)) * torch.exp(-log_scale)
      return (r * r * -0.5 - log_scale - 0.91893853320467267) * mask
    def likelihood_room(self: __torch__.Script, out: Tensor, d: Tensor) -> List[Tensor]:
      return [out.narrow(2, 0, %1$d), out.narrow(2, %1$d, %1$d), d.narrow(2, 0, %1$d), d.narrow(2, %1$d, %1$d)]
    def likelihood_gradient(self: __torch__.Script, room: List[Tensor], y: Tensor, mask: Tensor) -> Tensor:
      raw = room[1]
      log_scale = raw.clamp(-6., 3.)
      inverse = torch.neg(log_scale).exp_()
      r = torch.sub(y, room[0]).mul_(inverse)
      slope = torch.mul(r, r).sub_(1.).mul_(mask)
      outward = torch.sub(raw, log_scale).mul_(slope) > 0.
      location = torch.mul(r, inverse, out=room[2]).mul_(mask)
      return room[3].copy_(slope.masked_fill_(outward, 0.))
    def describe(self: __torch__.Script, out: Tensor) -> List[Tensor]:
      scale = torch.exp(out.narrow(2, %1$d, %1$d).clamp(-6., 3.))
      return [out.narrow(2, 0, %1$d).contiguous(), scale]
    """
        .formatted(targets);
  }

  @Override
  public String samplingScript() {
    return """
    def sample(self: __torch__.Script, out: Tensor, seed: int) -> Tensor:
      parts = (self).describe(out)
      return parts[0] + parts[1] * (self).gaussians(parts[0], seed)
    """;
  }

  @Override
  public Optional<Density> density() {
    return Optional.of(new GaussianDensity());
  }
}
