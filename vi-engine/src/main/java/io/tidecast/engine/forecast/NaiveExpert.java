package io.tidecast.engine.forecast;

import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;

/**
 * Repeats the last value, or the value one season before, with the residuals of the recent past
 * around it.
 */
final class NaiveExpert {
  private final int leads;
  private final int season;
  private final ResidualSketch residuals;
  private final float[] quantiles;

  /**
   * @param season steps, or 0 for the last value
   */
  NaiveExpert(int leads, int season) {
    this(leads, season, new ResidualSketch(leads));
  }

  private NaiveExpert(int leads, int season, ResidualSketch residuals) {
    this.leads = leads;
    this.season = season;
    this.residuals = residuals;
    this.quantiles = new float[leads * QuantileLevels.COUNT];
    refresh();
  }

  /** Whether the value to be repeated is known at an origin. */
  boolean knows(History history, int lead, long slot) {
    return season == 0 || history.holds(repeated(lead, slot));
  }

  /** The point forecast, relative to the origin's value and in its scale. */
  double location(History history, int lead, long slot) {
    return season == 0
        ? 0
        : (history.value(repeated(lead, slot)) - history.value(slot)) / history.scale(slot);
  }

  /** Takes in how far the truth was from the point forecast, in scales. */
  void learn(int lead, double residual) {
    residuals.add(lead, residual);
  }

  /** Sets the quantiles of the coming forecasts by the residuals so far. */
  void refresh() {
    for (int lead = 0; lead < leads; lead++) {
      residuals.quantiles(lead, quantiles, lead * QuantileLevels.COUNT);
    }
  }

  /** Residual quantiles of all lead times [H, 21] as last refreshed. */
  float[] quantiles() {
    return quantiles;
  }

  StateWriter save() {
    return residuals.save();
  }

  static NaiveExpert restored(int leads, int season, StateReader in) {
    return new NaiveExpert(leads, season, ResidualSketch.restored(leads, in));
  }

  /** The newest slot before the target, whole seasons before it, that is not after the origin. */
  private long repeated(int lead, long slot) {
    int seasons = (lead + season) / season;
    return slot + lead + 1 - (long) seasons * season;
  }
}
