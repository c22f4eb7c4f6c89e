package io.tidecast.engine.network;

import java.util.ArrayList;
import java.util.List;

/**
 * A transformer over patches of the input (Nie et al. 2023), with a linear path from the inputs to
 * the locations beside it. Text: {@code patch(length=8, width=32, layers=2, heads=4)}.
 *
 * <p>Gradients by autograd.
 *
 * @param length inputs per patch
 * @param width numbers per token
 * @param layers attention layers
 * @param heads attention heads, a divisor of the width
 */
public record PatchTransformer(int length, int width, int layers, int heads)
    implements NetworkSpec {
  private static final double NORM_PRECISION = 16;
  private static final int PER_LAYER = 10;

  static PatchTransformer of(SpecText spec) {
    spec.allowOnly("length", "width", "layers", "heads");
    int width = spec.positive("width", 32);
    int heads = spec.positive("heads", 4);
    if (width % heads != 0) {
      throw new IllegalArgumentException(
          "network '%s': width %d is no multiple of heads %d".formatted(spec.text(), width, heads));
    }
    return new PatchTransformer(
        spec.positive("length", 8), width, spec.positive("layers", 2), heads);
  }

  @Override
  public String toString() {
    return "patch(length=%d, width=%d, layers=%d, heads=%d)"
        .formatted(length, width, layers, heads);
  }

  @Override
  public List<ParameterBlock> parameters(int inputs, int outputs, int locations) {
    if (inputs % length != 0) {
      throw new IllegalArgumentException(
          "network '%s': %d inputs are no whole number of patches of %d"
              .formatted(this, inputs, length));
    }
    int tokens = inputs / length;
    double unit = 1 / Math.sqrt(width);
    List<ParameterBlock> blocks = new ArrayList<>();
    blocks.add(ParameterBlock.weights("embed", length, width, 1 / Math.sqrt(length)));
    blocks.add(ParameterBlock.bias("embedBias", width));
    blocks.add(new ParameterBlock("position", tokens, width, 0, .1, 4, false));
    for (int l = 0; l < layers; l++) {
      blocks.add(norm("gain1." + l, 1));
      blocks.add(norm("shift1." + l, 0));
      blocks.add(ParameterBlock.weights("qkv." + l, width, 3 * width, unit));
      blocks.add(ParameterBlock.weights("mix." + l, width, width, .5 * unit));
      blocks.add(norm("gain2." + l, 1));
      blocks.add(norm("shift2." + l, 0));
      blocks.add(ParameterBlock.weights("up." + l, width, 2 * width, Math.sqrt(2.0 / width)));
      blocks.add(ParameterBlock.bias("upBias." + l, 2 * width));
      blocks.add(ParameterBlock.weights("down." + l, 2 * width, width, .35 * unit));
      blocks.add(ParameterBlock.bias("downBias." + l, width));
    }
    blocks.add(ParameterBlock.weights("out", width, outputs, .01));
    blocks.add(ParameterBlock.outputBias("outBias", outputs));
    blocks.add(ParameterBlock.weights("skip", inputs, locations, 0));
    return blocks;
  }

  private ParameterBlock norm(String name, double mean) {
    return new ParameterBlock(name, 1, width, mean, 0, NORM_PRECISION, false);
  }

  @Override
  public String script(int inputs, int outputs, int locations) {
    int tokens = inputs / length;
    StringBuilder body = new StringBuilder();
    for (int l = 0; l < layers; l++) {
      body.append(
          "  z = (self).layer(z, w[%d], w[%d], w[%d], w[%d], w[%d], w[%d], w[%d], w[%d], w[%d], w[%d])\n"
              .formatted(range(3 + PER_LAYER * l)));
    }
    int last = 3 + PER_LAYER * layers;
    return """
    def layer(self: __torch__.Script, z: Tensor, gain: Tensor, shift: Tensor, qkv: Tensor, mix: Tensor, gain_b: Tensor, shift_b: Tensor, up: Tensor, up_bias: Tensor, down: Tensor, down_bias: Tensor) -> Tensor:
      draws = z.size(0)
      rows = z.size(1) // %1$d
      y = torch.layer_norm(z, [%2$d]) * gain + shift
      parts = torch.bmm(y, qkv).view([draws * rows, %1$d, 3, %3$d, %2$d // %3$d]).permute([2, 0, 3, 1, 4])
      seen = torch.scaled_dot_product_attention(parts[0], parts[1], parts[2])
      z = z + torch.bmm(seen.transpose(1, 2).reshape([draws, rows * %1$d, %2$d]), mix)
      y = torch.layer_norm(z, [%2$d]) * gain_b + shift_b
      return z + torch.baddbmm(down_bias, torch.relu(torch.baddbmm(up_bias, y, up)), down)
    def network(self: __torch__.Script, w: List[Tensor], x: Tensor) -> Tensor:
      draws = w[0].size(0)
      rows = x.size(0)
      patches = x.view([rows * %1$d, %4$d])
      z = torch.baddbmm(w[1], patches.expand([draws, -1, -1]), w[0])
      z = z + w[2].repeat([1, rows, 1])
    %5$s  pooled = z.view([draws, rows, %1$d, %2$d]).mean([2])
      out = torch.baddbmm(w[%7$d], torch.layer_norm(pooled, [%2$d]), w[%6$d])
      location = out.narrow(2, 0, %9$d) + torch.bmm(x.expand([draws, -1, -1]), w[%8$d])
      return torch.cat([location, out.narrow(2, %9$d, %10$d)], 2)
    """
        .formatted(
            tokens,
            width,
            heads,
            length,
            body,
            last,
            last + 1,
            last + 2,
            locations,
            outputs - locations);
  }

  private static Object[] range(int from) {
    Object[] numbers = new Object[PER_LAYER];
    for (int i = 0; i < PER_LAYER; i++) {
      numbers[i] = from + i;
    }
    return numbers;
  }
}
