package io.tidecast.engine.network;

import io.tidecast.engine.predict.Density;
import java.util.Optional;

/**
 * One of K classes, the target being the class's number 0 .. K-1. Outputs are K logits.
 *
 * @param classes number K of classes
 */
public record Categorical(int classes) implements Likelihood {
  public Categorical {
    if (classes < 2) {
      throw new IllegalArgumentException(
          "categorical: expected at least 2 classes, got " + classes);
    }
  }

  @Override
  public int outputs(int targets) {
    if (targets != 1) {
      throw new IllegalArgumentException("categorical: expected 1 target per row, got " + targets);
    }
    return classes;
  }

  @Override
  public int locations(int targets) {
    return classes;
  }

  @Override
  public double initialBias(int output, int outputs) {
    return 0;
  }

  @Override
  public boolean boundedScore() {
    return true;
  }

  @Override
  public String script(int targets) {
    return """
    def log_likelihood(self: __torch__.Script, out: Tensor, y: Tensor, mask: Tensor) -> Tensor:
      chosen = y.to(4).unsqueeze(0).expand([out.size(0), -1, -1])
      return torch.gather(torch.log_softmax(out, 2), 2, chosen) * mask
    def likelihood_room(self: __torch__.Script, out: Tensor, d: Tensor) -> List[Tensor]:
      return [out, d]
    def likelihood_gradient(self: __torch__.Script, room: List[Tensor], y: Tensor, mask: Tensor) -> Tensor:
      chosen = y.to(4).unsqueeze(0).expand([room[1].size(0), -1, -1])
      missed = torch.neg(torch.softmax(room[0], 2), out=room[1])
      return missed.scatter_add_(2, chosen, torch.ones_like(missed)).mul_(mask)
    def describe(self: __torch__.Script, out: Tensor) -> List[Tensor]:
      return [torch.softmax(out, 2)]
    """;
  }

  @Override
  public String samplingScript() {
    return """
    def sample(self: __torch__.Script, out: Tensor, seed: int) -> Tensor:
      parts = (self).describe(out)
      # the largest of log p plus Gumbel noise
      gumbel = torch.neg(torch.log(torch.neg(torch.log((self).uniforms(out, seed).clamp_min(1.e-10)))))
      return torch.argmax(torch.log(parts[0]) + gumbel, 2, True).to(6)
    """;
  }

  @Override
  public Optional<Density> density() {
    return Optional.empty();
  }
}
