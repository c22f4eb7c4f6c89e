package io.tidecast.engine.network;

import io.tidecast.engine.predict.Density;
import io.tidecast.engine.predict.LearnedStudentTDensity;
import java.util.Optional;

/**
 * Student-t whose degrees of freedom are learned as well. Outputs are H locations, H log scales in
 * [-6, 3] and H log(nu - 2) in [-3, 5].
 */
public record LearnedStudentT() implements Likelihood {
  @Override
  public int outputs(int targets) {
    return 3 * targets;
  }

  /** Location 0, scale exp(-.7), 5 degrees of freedom. */
  @Override
  public double initialBias(int output, int outputs) {
    return switch (3 * output / outputs) {
      case 0 -> 0;
      case 1 -> -.7;
      default -> Math.log(3);
    };
  }

  @Override
  public boolean boundedScore() {
    return true;
  }

  @Override
  public String script(int targets) {
    return """
    def log_likelihood(self: __torch__.Script, out: Tensor, y: Tensor, mask: Tensor) -> Tensor:
      log_scale = out.narrow(2, %1$d, %1$d).clamp(-6., 3.)
      nu = torch.exp(out.narrow(2, 2 * %1$d, %1$d).clamp(-3., 5.)) + 2.
      r = (y - out.narrow(2, 0, %1$d)) * torch.exp(-log_scale)
      density = torch.lgamma((nu + 1.) * 0.5) - torch.lgamma(nu * 0.5) - torch.log(nu * 3.1415926535897931) * 0.5
      density = density - (nu + 1.) * 0.5 * torch.log1p(r * r / nu) - log_scale
      return density * mask
    def likelihood_room(self: __torch__.Script, out: Tensor, d: Tensor) -> List[Tensor]:
      return [out.narrow(2, 0, %1$d), out.narrow(2, %1$d, %1$d), out.narrow(2, 2 * %1$d, %1$d), d.narrow(2, 0, %1$d), d.narrow(2, %1$d, %1$d), d.narrow(2, 2 * %1$d, %1$d)]
    def likelihood_gradient(self: __torch__.Script, room: List[Tensor], y: Tensor, mask: Tensor) -> Tensor:
      raw = room[1]
      log_scale = raw.clamp(-6., 3.)
      raw_tail = room[2]
      tail = raw_tail.clamp(-3., 5.)
      excess = torch.exp(tail)
      nu = excess + 2.
      inverse = torch.exp(-log_scale)
      r = (y - room[0]) * inverse
      square = r * r
      k = (nu + 1.) * r / (square + nu)
      slope = (k * r - 1.) * mask
      slope = slope.masked_fill((raw - log_scale) * slope > 0., 0.)
      heavier = torch.digamma((nu + 1.) * 0.5) - torch.digamma(nu * 0.5) - torch.reciprocal(nu) - torch.log1p(square / nu) + k * r / nu
      heavier = heavier * 0.5 * excess * mask
      heavier = heavier.masked_fill((raw_tail - tail) * heavier > 0., 0.)
      location = torch.mul(k * inverse, mask, out=room[3])
      scale = room[4].copy_(slope)
      return room[5].copy_(heavier)
    def describe(self: __torch__.Script, out: Tensor) -> List[Tensor]:
      scale = torch.exp(out.narrow(2, %1$d, %1$d).clamp(-6., 3.))
      nu = torch.exp(out.narrow(2, 2 * %1$d, %1$d).clamp(-3., 5.)) + 2.
      return [out.narrow(2, 0, %1$d).contiguous(), scale, nu]
    """
        .formatted(targets);
  }

  @Override
  public String samplingScript() {
    return """
    def sample(self: __torch__.Script, out: Tensor, seed: int) -> Tensor:
      parts = (self).describe(out)
      chi = (self).gammas(parts[2] * 0.5, seed + 1) * 2. / parts[2]
      return parts[0] + parts[1] * (self).gaussians(parts[0], seed) * torch.rsqrt(chi)
    """;
  }

  @Override
  public Optional<Density> density() {
    return Optional.of(new LearnedStudentTDensity());
  }
}
