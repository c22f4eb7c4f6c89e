package io.tidecast.engine.network;

import io.tidecast.engine.predict.Density;
import io.tidecast.engine.predict.NegativeBinomialDensity;
import java.util.Optional;

/**
 * Counts with mean mu and variance mu + mu^2 / r. Outputs are H log mu in [-10, 12] and H log r in
 * [-5, 8].
 */
public record NegativeBinomial() implements Likelihood {
  @Override
  public int outputs(int targets) {
    return 2 * targets;
  }

  @Override
  public double initialBias(int output, int outputs) {
    return 0;
  }

  @Override
  public boolean boundedScore() {
    return false;
  }

  @Override
  public String script(int targets) {
    return """
    def log_likelihood(self: __torch__.Script, out: Tensor, y: Tensor, mask: Tensor) -> Tensor:
      a = out.narrow(2, 0, %1$d).clamp(-10., 12.)
      b = out.narrow(2, %1$d, %1$d).clamp(-5., 8.)
      r = torch.exp(b)
      total = torch.logaddexp(a, b)
      density = torch.lgamma(y + r) - torch.lgamma(r) - torch.lgamma(y + 1.) + r * (b - total) + y * (a - total)
      return density * mask
    def likelihood_room(self: __torch__.Script, out: Tensor, d: Tensor) -> List[Tensor]:
      return [out.narrow(2, 0, %1$d), out.narrow(2, %1$d, %1$d), d.narrow(2, 0, %1$d), d.narrow(2, %1$d, %1$d)]
    def likelihood_gradient(self: __torch__.Script, room: List[Tensor], y: Tensor, mask: Tensor) -> Tensor:
      raw_a = room[0]
      raw_b = room[1]
      a = raw_a.clamp(-10., 12.)
      b = raw_b.clamp(-5., 8.)
      mu = torch.exp(a)
      r = torch.exp(b)
      da = r * (y - mu) / (r + mu) * mask
      db = r * (torch.digamma(y + r) - torch.digamma(r) + b - torch.logaddexp(a, b) + (mu - y) / (r + mu)) * mask
      mean = room[2].copy_(da.masked_fill((raw_a - a) * da > 0., 0.))
      return room[3].copy_(db.masked_fill((raw_b - b) * db > 0., 0.))
    def describe(self: __torch__.Script, out: Tensor) -> List[Tensor]:
      mu = torch.exp(out.narrow(2, 0, %1$d).clamp(-10., 12.))
      return [mu, torch.exp(out.narrow(2, %1$d, %1$d).clamp(-5., 8.))]
    """
        .formatted(targets);
  }

  @Override
  public String samplingScript() {
    return """
    def sample(self: __torch__.Script, out: Tensor, seed: int) -> Tensor:
      parts = (self).describe(out)
      return (self).poissons((self).gammas(parts[1], seed) * parts[0] / parts[1], seed + 1)
    """;
  }

  @Override
  public Optional<Density> density() {
    return Optional.of(new NegativeBinomialDensity());
  }
}
