package io.tidecast.engine.network;

import java.util.List;

/**
 * A gated recurrent unit over the input taken as a sequence, its last state feeding the outputs,
 * with a linear path beside it. Text: {@code gru(hidden=32, channels=1)}.
 *
 * <p>Inputs are {@code [steps * channels]}, step by step. Gradients by autograd.
 *
 * @param hidden size of the state
 * @param channels numbers per step
 */
public record Gru(int hidden, int channels) implements NetworkSpec {
  static Gru of(SpecText spec) {
    spec.allowOnly("hidden", "channels");
    return new Gru(spec.positive("hidden", 32), spec.positive("channels", 1));
  }

  @Override
  public String toString() {
    return "gru(hidden=%d, channels=%d)".formatted(hidden, channels);
  }

  @Override
  public List<ParameterBlock> parameters(int inputs, int outputs, int locations) {
    if (inputs % channels != 0) {
      throw new IllegalArgumentException(
          "network '%s': %d inputs are no whole number of steps of %d channels"
              .formatted(this, inputs, channels));
    }
    int gates = 3 * hidden;
    return List.of(
        ParameterBlock.weights("W", channels, gates, 1 / Math.sqrt(channels)),
        ParameterBlock.bias("b", gates),
        ParameterBlock.weights("U", hidden, gates, 1 / Math.sqrt(hidden)),
        ParameterBlock.bias("c", gates),
        ParameterBlock.weights("out", hidden, outputs, .01),
        ParameterBlock.outputBias("outBias", outputs),
        ParameterBlock.weights("skip", inputs, locations, 0));
  }

  @Override
  public String script(int inputs, int outputs, int locations) {
    return """
    def network(self: __torch__.Script, w: List[Tensor], x: Tensor) -> Tensor:
      draws = w[0].size(0)
      rows = x.size(0)
      wide = x.expand([draws, -1, -1])
      sequence = x.view([rows, %2$d, %3$d]).transpose(0, 1).reshape([%2$d * rows, %3$d])
      gates = torch.baddbmm(w[1], sequence.expand([draws, -1, -1]), w[0]).view([draws, %2$d, rows, 3 * %1$d])
      h = torch.zeros_like(gates.select(1, 0).narrow(2, 0, %1$d))
      for t in range(%2$d):
        g = gates.select(1, t)
        s = torch.baddbmm(w[3], h, w[2])
        r = torch.sigmoid(g.narrow(2, 0, %1$d) + s.narrow(2, 0, %1$d))
        z = torch.sigmoid(g.narrow(2, %1$d, %1$d) + s.narrow(2, %1$d, %1$d))
        n = torch.tanh(g.narrow(2, 2 * %1$d, %1$d) + r * s.narrow(2, 2 * %1$d, %1$d))
        h = n + z * (h - n)
      out = torch.baddbmm(w[5], h, w[4])
      location = out.narrow(2, 0, %4$d) + torch.bmm(wide, w[6])
      return torch.cat([location, out.narrow(2, %4$d, %5$d)], 2)
    """
        .formatted(hidden, inputs / channels, channels, locations, outputs - locations);
  }
}
