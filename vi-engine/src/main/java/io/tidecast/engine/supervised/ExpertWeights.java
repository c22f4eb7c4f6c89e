package io.tidecast.engine.supervised;

import java.util.Arrays;

/**
 * Weights of a pool by the experts' log probabilities of past labels, with exponential forgetting
 * (Raftery et al. 2010, eq. 16) and a floor, so that an expert can come back.
 */
final class ExpertWeights {
  private static final double FORGETTING = .99;
  private static final double FLOOR = .01;

  private final double[] logWeights;

  ExpertWeights(int experts) {
    logWeights = new double[experts];
  }

  /** Weights [E], sum 1. */
  double[] weights() {
    double max = Arrays.stream(logWeights).max().orElse(0);
    double[] w = new double[logWeights.length];
    double sum = 0;
    for (int e = 0; e < w.length; e++) {
      w[e] = Math.exp(logWeights[e] - max);
      sum += w[e];
    }
    for (int e = 0; e < w.length; e++) {
      w[e] = (1 - FLOOR) * w[e] / sum + FLOOR / w.length;
    }
    return w;
  }

  /**
   * @param logProbabilities of the newest label under each expert [E], nats
   */
  void learn(double[] logProbabilities) {
    double max = Double.NEGATIVE_INFINITY;
    for (int e = 0; e < logWeights.length; e++) {
      logWeights[e] = FORGETTING * logWeights[e] + logProbabilities[e];
      max = Math.max(max, logWeights[e]);
    }
    for (int e = 0; e < logWeights.length; e++) {
      logWeights[e] -= max;
    }
  }

  double[] state() {
    return logWeights.clone();
  }

  void restore(double[] saved) {
    System.arraycopy(saved, 0, logWeights, 0, logWeights.length);
  }
}
