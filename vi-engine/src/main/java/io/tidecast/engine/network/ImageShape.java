package io.tidecast.engine.network;

/**
 * How a row of inputs is an image: channels, then lines, then pixels.
 *
 * @param channels number of channels
 * @param height lines per channel
 * @param width pixels per line
 */
public record ImageShape(int channels, int height, int width) {
  /** Reads {@code 28x28} or {@code 3x32x32}. */
  static ImageShape of(SpecText spec) {
    String[] parts = spec.option("image", "28x28").split("x", -1);
    if (parts.length < 2 || parts.length > 3) {
      throw new IllegalArgumentException(
          "network '%s': image must be HEIGHTxWIDTH or CHANNELSxHEIGHTxWIDTH, got '%s'"
              .formatted(spec.text(), spec.option("image", "28x28")));
    }
    int at = parts.length - 2;
    return new ImageShape(
        at == 0 ? 1 : spec.positive("image", parts[0]),
        spec.positive("image", parts[at]),
        spec.positive("image", parts[at + 1]));
  }

  int size() {
    return channels * height * width;
  }

  /** Fails unless a row holds exactly one image. */
  void expect(int inputs, NetworkSpec network) {
    if (inputs != size()) {
      throw new IllegalArgumentException(
          "network '%s': expected %d inputs per row, got %d".formatted(network, size(), inputs));
    }
  }

  @Override
  public String toString() {
    return (channels == 1 ? "" : channels + "x") + height + "x" + width;
  }
}
