package io.tidecast.engine.supervised;

import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;

/**
 * How sure a pool may be. A weighted mean of calibrated probabilities is less sure than it has
 * reason to be (Ranjan and Gneiting 2010, theorem 1); so the pool's are raised to a power and
 * normalised again (temperature scaling, Guo et al. 2017, section 4.2), and the power follows the
 * labels by Newton steps on the log loss that forget over some five hundred of them.
 *
 * <p>With q the probabilities that were raised, the loss has the slope {@code sum q log q - log
 * q_y} in the logarithm of the power and the expected curvature {@code Var_q(log q)}.
 */
final class Sharpness {
  private static final double FORGET = .998;

  /** Curvature of what is believed before: a power of one, about as firmly as after 500 labels. */
  private static final double FIRM = 50;

  private static final double LONGEST_STEP = .05;
  private static final double LARGEST = Math.log(4);

  private double logPower;
  private double curvature = FIRM;

  /** The power in force, 1/4 to 4. */
  double power() {
    return Math.exp(logPower);
  }

  /**
   * Raises probabilities.
   *
   * @param p positive probabilities [K]
   */
  double[] raise(double[] p) {
    double power = power();
    double[] raised = new double[p.length];
    double sum = 0;
    for (int c = 0; c < p.length; c++) {
      raised[c] = Math.pow(p[c], power);
      sum += raised[c];
    }
    for (int c = 0; c < p.length; c++) {
      raised[c] /= sum;
    }
    return raised;
  }

  /**
   * Learns what the raised probabilities of a sample were worth.
   *
   * @param raised as {@link #raise} gave them [K], perhaps some labels ago
   */
  void learn(double[] raised, int truth) {
    double mean = 0;
    double square = 0;
    for (double q : raised) {
      double log = Math.log(q);
      mean += q * log;
      square += q * log * log;
    }
    curvature = Math.max(FIRM, FORGET * curvature + square - mean * mean);
    double step = (Math.log(raised[truth]) - mean) / curvature;
    logPower += Math.max(-LONGEST_STEP, Math.min(step, LONGEST_STEP));
    logPower = Math.max(-LARGEST, Math.min(logPower, LARGEST));
  }

  void saveTo(StateWriter out) {
    out.putDoubles("sharpness", new double[] {logPower, curvature});
  }

  /** A state from before there was one leaves the power at one. */
  void restore(StateReader in) {
    if (in.has("sharpness")) {
      double[] saved = in.getDoubles("sharpness");
      logPower = saved[0];
      curvature = saved[1];
    }
  }
}
