package io.tidecast.engine.supervised;

import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import java.util.Arrays;

/**
 * Multinomial logistic regression by one scaled gradient step per label (RMSProp: Tieleman and
 * Hinton 2012), as a baseline in the pool.
 */
final class LogisticRegression {
  private static final double RATE = .01;
  private static final double SQUARES_DECAY = .001;
  private static final double INITIAL_SQUARE = .01;
  private static final double DAMPING = 1e-3;

  private final int inputs;
  private final int classes;
  private final double[] weights;
  private final double[] squares;
  private long steps;

  LogisticRegression(int inputs, int classes) {
    this.inputs = inputs;
    this.classes = classes;
    weights = new double[(inputs + 1) * classes];
    squares = new double[weights.length];
    Arrays.fill(squares, INITIAL_SQUARE);
  }

  double[] probabilities(float[] x, int at) {
    double[] logits = new double[classes];
    for (int c = 0; c < classes; c++) {
      int w = c * (inputs + 1);
      double sum = weights[w + inputs];
      for (int i = 0; i < inputs; i++) {
        sum += weights[w + i] * x[at + i];
      }
      logits[c] = sum;
    }
    return softmax(logits);
  }

  void learn(float[] x, int at, int label) {
    double[] p = probabilities(x, at);
    double keep = steps == 0 ? 1 : 1 - SQUARES_DECAY;
    double take = steps == 0 ? 1 : SQUARES_DECAY;
    steps++;
    for (int c = 0; c < classes; c++) {
      double slope = (c == label ? 1 : 0) - p[c];
      int w = c * (inputs + 1);
      for (int i = 0; i <= inputs; i++) {
        double g = slope * (i < inputs ? x[at + i] : 1);
        double s = keep * squares[w + i] + take * g * g;
        squares[w + i] = s;
        weights[w + i] += RATE * g / (Math.sqrt(s) + DAMPING);
      }
    }
  }

  private static double[] softmax(double[] logits) {
    double max = Double.NEGATIVE_INFINITY;
    for (double l : logits) {
      max = Math.max(max, l);
    }
    double sum = 0;
    for (int c = 0; c < logits.length; c++) {
      logits[c] = Math.exp(logits[c] - max);
      sum += logits[c];
    }
    for (int c = 0; c < logits.length; c++) {
      logits[c] /= sum;
    }
    return logits;
  }

  void saveTo(StateWriter out) {
    out.putDoubles("logistic.weights", weights)
        .putDoubles("logistic.squares", squares)
        .putLong("logistic.steps", steps);
  }

  void restore(StateReader in) {
    System.arraycopy(in.getDoubles("logistic.weights"), 0, weights, 0, weights.length);
    System.arraycopy(in.getDoubles("logistic.squares"), 0, squares, 0, squares.length);
    steps = in.getLong("logistic.steps");
  }
}
