package io.tidecast.bench.supervised;

import io.tidecast.engine.inference.LearningSettings;

/** The point estimate to compare with: the same network and optimiser, without a posterior. */
public final class PlainAdam {
  /** So small a deviation that a draw equals the mean in single precision. */
  private static final double NO_SPREAD = 1e30;

  private PlainAdam() {}

  /**
   * Settings under which the weights do not spread, so that a step is Adam's on the mini-batch with
   * the prior as a very weak weight decay. Costs twice what a single network would: both draws are
   * the same.
   */
  public static LearningSettings of(LearningSettings settings) {
    return settings.withInitialPrecisionFactor(NO_SPREAD).withPredictionDraws(2);
  }
}
