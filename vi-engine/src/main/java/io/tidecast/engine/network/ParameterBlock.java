package io.tidecast.engine.network;

/**
 * One weight tensor of a network.
 *
 * @param name unique within its network
 * @param rows inputs of a matrix; 1 for a vector
 * @param columns outputs of a matrix; length of a vector
 * @param initialMean where the means start
 * @param initialSd standard deviation of the starting means
 * @param priorPrecision prior precision per weight: the fan-in for matrices, 4 for biases (variance
 *     inversely proportional to the fan-in: Neal 1996, section 2.2)
 * @param outputBias whether these are the biases of the outputs, which the likelihood initialises
 */
public record ParameterBlock(
    String name,
    int rows,
    int columns,
    double initialMean,
    double initialSd,
    double priorPrecision,
    boolean outputBias) {
  private static final double BIAS_PRECISION = 4;

  /** Weights that start from, and are shrunk towards, given values. */
  public static ParameterBlock given(String name, int rows, int columns) {
    return new ParameterBlock(name, rows, columns, 0, 0, rows > 1 ? rows : BIAS_PRECISION, false);
  }

  static ParameterBlock weights(String name, int in, int out, double initialSd) {
    return new ParameterBlock(name, in, out, 0, initialSd, in, false);
  }

  static ParameterBlock bias(String name, int out) {
    return new ParameterBlock(name, 1, out, 0, 0, BIAS_PRECISION, false);
  }

  static ParameterBlock outputBias(String name, int out) {
    return new ParameterBlock(name, 1, out, 0, 0, BIAS_PRECISION, true);
  }

  public int size() {
    return Math.multiplyExact(rows, columns);
  }
}
