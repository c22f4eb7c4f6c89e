package io.tidecast.engine.network;

import java.util.List;

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
 * @param firmColumns columns, the last ones, with a firmer prior: weights of outputs that say how
 *     wide a density is, not where
 * @param firmness how many times the prior precision those columns have
 */
public record ParameterBlock(
    String name,
    int rows,
    int columns,
    double initialMean,
    double initialSd,
    double priorPrecision,
    boolean outputBias,
    int firmColumns,
    double firmness) {
  private static final double BIAS_PRECISION = 4;

  ParameterBlock(
      String name,
      int rows,
      int columns,
      double initialMean,
      double initialSd,
      double priorPrecision,
      boolean outputBias) {
    this(name, rows, columns, initialMean, initialSd, priorPrecision, outputBias, 0, 1);
  }

  /** These weights with a firmer prior on the last columns. */
  ParameterBlock withFirm(int lastColumns, double times) {
    return new ParameterBlock(
        name,
        rows,
        columns,
        initialMean,
        initialSd,
        priorPrecision,
        outputBias,
        lastColumns,
        times);
  }

  /** Prior precision of a weight of this column. */
  public double priorPrecision(int column) {
    return column < columns - firmColumns ? priorPrecision : priorPrecision * firmness;
  }

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

  /** TorchScript method {@code views}: the tensors [M, rows, columns] within draws [M, P]. */
  public static String viewsScript(List<ParameterBlock> blocks) {
    StringBuilder views = new StringBuilder();
    int at = 0;
    for (ParameterBlock b : blocks) {
      views
          .append(views.isEmpty() ? "" : ", ")
          .append(
              "draws.narrow(1, %d, %d).view([draws.size(0), %d, %d])"
                  .formatted(at, b.size(), b.rows(), b.columns()));
      at += b.size();
    }
    return """
    def views(self: __torch__.Script, draws: Tensor) -> List[Tensor]:
      return [%s]
    """
        .formatted(views);
  }
}
