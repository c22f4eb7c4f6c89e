package io.tidecast.engine.predict;

/**
 * Class probabilities per row, averaged over the weight draws.
 *
 * @param draws number of weight draws D
 * @param rows number of rows
 * @param classes number of classes K
 * @param perDraw probabilities [D, rows, K]
 */
public record ClassPredictive(int draws, int rows, int classes, float[] perDraw) {

  /** Probabilities [K] of a row; they sum to 1. */
  public double[] probabilities(int row) {
    double[] p = new double[classes];
    for (int d = 0; d < draws; d++) {
      for (int k = 0; k < classes; k++) {
        p[k] += perDraw[(d * rows + row) * classes + k] / (double) draws;
      }
    }
    return p;
  }

  /** Entropy of the averaged probabilities, nats: all uncertainty about the class. */
  public double entropy(int row) {
    return entropy(probabilities(row));
  }

  /** Entropy less the mean entropy per draw, nats: what comes from not knowing the weights. */
  public double mutualInformation(int row) {
    double expected = 0;
    double[] p = new double[classes];
    for (int d = 0; d < draws; d++) {
      for (int k = 0; k < classes; k++) {
        p[k] = perDraw[(d * rows + row) * classes + k];
      }
      expected += entropy(p) / draws;
    }
    return Math.max(0, entropy(row) - expected);
  }

  private static double entropy(double[] p) {
    double sum = 0;
    for (double x : p) {
      sum -= x > 0 ? x * Math.log(x) : 0;
    }
    return sum;
  }
}
