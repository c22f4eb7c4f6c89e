package io.tidecast.engine.supervised;

/** What the network says about one row. */
sealed interface NetworkView {
  /**
   * @param probabilities mean class probabilities over the weight draws [K]
   * @param expectedEntropy mean entropy of the single draws, nats
   */
  record Classes(double[] probabilities, double expectedEntropy) implements NetworkView {}

  /**
   * In deviations of the target.
   *
   * @param mean mean over the weight draws
   * @param epistemicVariance variance of the means across the draws
   * @param aleatoricVariance mean variance of the single draws
   */
  record Value(double mean, double epistemicVariance, double aleatoricVariance)
      implements NetworkView {}
}
