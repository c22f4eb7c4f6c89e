package io.tidecast.bench.supervised;

import io.tidecast.engine.inference.LearningSettings;
import java.util.LinkedHashMap;
import java.util.Map;

/** The point estimate to compare with: the same network and optimiser, without a posterior. */
final class PlainAdam {
  /** So small a deviation that a draw equals the mean in single precision. */
  private static final double NO_SPREAD = 1e30;

  private PlainAdam() {}

  /**
   * The point estimates to stand beside a posterior: {@code adam}, around the newest weights as
   * anybody would use it, and where the posterior predicts around averaged means {@code
   * adam-averaged} too, which does the same.
   */
  static Map<String, LearningSettings> beside(LearningSettings settings) {
    Map<String, LearningSettings> contenders = new LinkedHashMap<>();
    contenders.put("adam", of(settings.withAveraging(1)));
    if (settings.averaging() < 1) {
      contenders.put("adam-averaged", of(settings));
    }
    return contenders;
  }

  /**
   * Settings under which the weights do not spread, so that a step is Adam's on the mini-batch with
   * the prior as a very weak weight decay. Costs twice what a single network would: both draws are
   * the same.
   */
  private static LearningSettings of(LearningSettings settings) {
    return settings.withInitialPrecisionFactor(NO_SPREAD).withPredictionDraws(2);
  }
}
