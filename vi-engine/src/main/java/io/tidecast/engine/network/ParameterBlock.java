package io.tidecast.engine.network;

/**
 * One weight tensor of a network.
 *
 * @param name unique within its network
 * @param rows inputs of a matrix; 1 for a vector
 * @param columns outputs of a matrix; length of a vector
 * @param initialSd standard deviation of the initial means around {@code initialMean}
 * @param initialMean where the means start
 * @param initialMeanTail where the means of the second half of a vector start, e.g. the log-scale
 *     outputs' biases
 * @param priorPrecision prior precision per weight: fan-in for matrices, 4 for biases (Neal 1996,
 *     sec. 2.2: variance inversely proportional to the fan-in)
 */
public record ParameterBlock(
    String name,
    int rows,
    int columns,
    double initialSd,
    double initialMean,
    double initialMeanTail,
    double priorPrecision) {

  static ParameterBlock weights(String name, int in, int out, double initialSd) {
    return new ParameterBlock(name, in, out, initialSd, 0, 0, in);
  }

  static ParameterBlock bias(String name, int out) {
    return new ParameterBlock(name, 1, out, 0, 0, 0, BIAS_PRECISION);
  }

  static final double BIAS_PRECISION = 4;

  public int size() {
    return Math.multiplyExact(rows, columns);
  }
}
