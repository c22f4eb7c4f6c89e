package io.tidecast.engine.network;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Convolutions, each followed by pooling over 2 x 2 pixels, then fully connected layers. All weight
 * draws go through one grouped convolution: the draws are the groups. Text: {@code
 * conv(image=28x28, channels=16x32, kernel=5, hidden=192)}.
 *
 * <p>Gradients by autograd.
 *
 * @param channels output channels of each convolution
 * @param kernel side of the square kernels
 * @param hidden units of the hidden layer
 */
public record Convolution(ImageShape image, List<Integer> channels, int kernel, int hidden)
    implements NetworkSpec {
  public Convolution {
    channels = List.copyOf(channels);
  }

  static Convolution of(SpecText spec) {
    spec.allowOnly("image", "channels", "kernel", "hidden");
    List<Integer> channels = new ArrayList<>();
    for (String count : spec.option("channels", "16x32").split("x", -1)) {
      channels.add(spec.positive("channels", count));
    }
    Convolution network =
        new Convolution(
            ImageShape.of(spec),
            channels,
            spec.positive("kernel", 5),
            spec.positive("hidden", 192));
    if (network.pixels() < 1) {
      throw new IllegalArgumentException(
          "network '%s': no pixel is left after %d convolutions of kernel %d with pooling"
              .formatted(spec.text(), channels.size(), network.kernel));
    }
    return network;
  }

  @Override
  public String toString() {
    return "conv(image=%s, channels=%s, kernel=%d, hidden=%d)"
        .formatted(
            image,
            channels.stream().map(String::valueOf).collect(Collectors.joining("x")),
            kernel,
            hidden);
  }

  private int side(int side) {
    int left = side;
    for (int l = 0; l < channels.size(); l++) {
      left = Math.max(0, left - kernel + 1) / 2;
    }
    return left;
  }

  /** Pixels per channel behind the last pooling. */
  private int pixels() {
    return side(image.height()) * side(image.width());
  }

  @Override
  public List<ParameterBlock> parameters(int inputs, int outputs, int locations) {
    image.expect(inputs, this);
    List<ParameterBlock> blocks = new ArrayList<>();
    int in = image.channels();
    for (int l = 0; l < channels.size(); l++) {
      int fanIn = in * kernel * kernel;
      double he = Math.sqrt(2.0 / fanIn);
      // Rows are what one output sums over, so that a kernel's fan-in is its prior precision.
      blocks.add(ParameterBlock.weights("kernel" + l, fanIn, channels.get(l), he));
      blocks.add(ParameterBlock.bias("kernelBias" + l, channels.get(l)));
      in = channels.get(l);
    }
    int flat = in * pixels();
    blocks.add(ParameterBlock.weights("hidden", flat, hidden, Math.sqrt(2.0 / flat)));
    blocks.add(ParameterBlock.bias("hiddenBias", hidden));
    blocks.add(ParameterBlock.weights("out", hidden, outputs, .3 / Math.sqrt(hidden)));
    blocks.add(ParameterBlock.outputBias("outBias", outputs));
    return blocks;
  }

  @Override
  public String script(int inputs, int outputs, int locations) {
    StringBuilder body = new StringBuilder();
    int in = image.channels();
    for (int l = 0; l < channels.size(); l++) {
      int out = channels.get(l);
      // The first convolution sees the same image in every draw and needs no groups.
      body.append(
          """
            k = w[%1$d].transpose(1, 2).reshape([draws * %3$d, %4$d, %5$d, %5$d])
            z = torch.conv2d(z, k, w[%2$d].reshape([-1]), [1, 1], [0, 0], [1, 1], %6$s)
            z = torch.relu(torch.max_pool2d(z, [2, 2]))
          """
              .formatted(2 * l, 2 * l + 1, out, in, kernel, l == 0 ? "1" : "draws"));
      in = out;
    }
    int last = 2 * channels.size();
    return """
    def network(self: __torch__.Script, w: List[Tensor], x: Tensor) -> Tensor:
      draws = w[0].size(0)
      rows = x.size(0)
      z = x.view([rows, %1$d, %2$d, %3$d])
    %4$s  flat = z.view([rows, draws, -1]).transpose(0, 1)
      h = torch.relu(torch.baddbmm(w[%6$d], flat, w[%5$d]))
      return torch.baddbmm(w[%8$d], h, w[%7$d])
    """
        .formatted(
            image.channels(),
            image.height(),
            image.width(),
            body,
            last,
            last + 1,
            last + 2,
            last + 3);
  }
}
