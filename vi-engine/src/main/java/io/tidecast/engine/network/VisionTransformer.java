package io.tidecast.engine.network;

import java.util.ArrayList;
import java.util.List;

/**
 * A vision transformer (Dosovitskiy et al. 2021) with layer normalisation before each block and
 * averaged tokens, batched over the weight draws. Text: {@code vit(image=28x28, patch=4, width=64,
 * layers=4, heads=4, expansion=2)}.
 *
 * <p>Gradients by autograd.
 *
 * @param patch side of a square patch
 * @param width numbers per token
 * @param layers attention layers
 * @param heads attention heads, a divisor of the width
 * @param expansion hidden units of a block's two-layer network over the width
 */
public record VisionTransformer(
    ImageShape image, int patch, int width, int layers, int heads, int expansion)
    implements NetworkSpec {
  private static final double NORM_PRECISION = 16;
  private static final int BEFORE_LAYERS = 3;
  private static final int PER_LAYER = 10;

  static VisionTransformer of(SpecText spec) {
    spec.allowOnly("image", "patch", "width", "layers", "heads", "expansion");
    VisionTransformer network =
        new VisionTransformer(
            ImageShape.of(spec),
            spec.positive("patch", 4),
            spec.positive("width", 64),
            spec.positive("layers", 4),
            spec.positive("heads", 4),
            spec.positive("expansion", 2));
    if (network.width % network.heads != 0
        || network.image.height() % network.patch != 0
        || network.image.width() % network.patch != 0) {
      throw new IllegalArgumentException(
          "network '%s': expected a width that is a multiple of the heads, and an image whose sides are multiples of the patch"
              .formatted(spec.text()));
    }
    return network;
  }

  @Override
  public String toString() {
    return "vit(image=%s, patch=%d, width=%d, layers=%d, heads=%d, expansion=%d)"
        .formatted(image, patch, width, layers, heads, expansion);
  }

  private int tokens() {
    return image.height() / patch * (image.width() / patch);
  }

  private int patchInputs() {
    return image.channels() * patch * patch;
  }

  @Override
  public List<ParameterBlock> parameters(int inputs, int outputs, int locations) {
    image.expect(inputs, this);
    double unit = 1 / Math.sqrt(width);
    int inner = expansion * width;
    List<ParameterBlock> blocks = new ArrayList<>();
    int in = patchInputs();
    blocks.add(ParameterBlock.weights("embed", in, width, 1 / Math.sqrt(in)));
    blocks.add(ParameterBlock.bias("embedBias", width));
    blocks.add(new ParameterBlock("position", tokens(), width, 0, .1, 4, false));
    for (int l = 0; l < layers; l++) {
      blocks.add(norm("gain1." + l, 1));
      blocks.add(norm("shift1." + l, 0));
      blocks.add(ParameterBlock.weights("qkv." + l, width, 3 * width, unit));
      blocks.add(ParameterBlock.weights("mix." + l, width, width, .5 * unit));
      blocks.add(norm("gain2." + l, 1));
      blocks.add(norm("shift2." + l, 0));
      blocks.add(ParameterBlock.weights("up." + l, width, inner, Math.sqrt(2) * unit));
      blocks.add(ParameterBlock.bias("upBias." + l, inner));
      blocks.add(ParameterBlock.weights("down." + l, inner, width, .5 / Math.sqrt(inner)));
      blocks.add(ParameterBlock.bias("downBias." + l, width));
    }
    blocks.add(norm("gain", 1));
    blocks.add(norm("shift", 0));
    blocks.add(ParameterBlock.weights("out", width, outputs, .3 * unit));
    blocks.add(ParameterBlock.outputBias("outBias", outputs));
    return blocks;
  }

  private ParameterBlock norm(String name, double mean) {
    return new ParameterBlock(name, 1, width, mean, 0, NORM_PRECISION, false);
  }

  @Override
  public String script(int inputs, int outputs, int locations) {
    StringBuilder body = new StringBuilder();
    for (int l = 0; l < layers; l++) {
      StringBuilder weights = new StringBuilder();
      for (int i = 0; i < PER_LAYER; i++) {
        weights.append(", w[").append(BEFORE_LAYERS + PER_LAYER * l + i).append(']');
      }
      body.append("  z = (self).block(z%s)\n".formatted(weights));
    }
    int last = BEFORE_LAYERS + PER_LAYER * layers;
    return """
    def block(self: __torch__.Script, z: Tensor, gain: Tensor, shift: Tensor, qkv: Tensor, mix: Tensor, gain_b: Tensor, shift_b: Tensor, up: Tensor, up_bias: Tensor, down: Tensor, down_bias: Tensor) -> Tensor:
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
      grid = x.view([rows, %4$d, %5$d, %6$d, %7$d, %6$d]).permute([0, 2, 4, 1, 3, 5])
      patches = grid.reshape([1, rows * %1$d, %8$d]).expand([draws, -1, -1])
      z = torch.baddbmm(w[1], patches, w[0]) + w[2].repeat([1, rows, 1])
    %9$s  pooled = torch.layer_norm(z.view([draws, rows, %1$d, %2$d]).mean([2]), [%2$d])
      return torch.baddbmm(w[%13$d], pooled * w[%10$d] + w[%11$d], w[%12$d])
    """
        .formatted(
            tokens(),
            width,
            heads,
            image.channels(),
            image.height() / patch,
            patch,
            image.width() / patch,
            patchInputs(),
            body,
            last,
            last + 1,
            last + 2,
            last + 3);
  }
}
