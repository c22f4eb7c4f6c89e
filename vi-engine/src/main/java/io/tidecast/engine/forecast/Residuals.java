package io.tidecast.engine.forecast;

import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;

/**
 * Residual quantiles of one point forecaster, for each lead time: those of the recent past, brought
 * up to date once for each origin.
 */
final class Residuals {
  private final int leads;
  private final ResidualSketch sketch;
  private final float[] quantiles;

  Residuals(int leads) {
    this(leads, new ResidualSketch(leads));
  }

  private Residuals(int leads, ResidualSketch sketch) {
    this.leads = leads;
    this.sketch = sketch;
    quantiles = new float[leads * QuantileLevels.COUNT];
    refresh();
  }

  /** Takes in how far the truth was from the point forecast, in the unit that was expected. */
  void learn(int lead, double residual) {
    sketch.add(lead, residual);
  }

  /** Sets the quantiles of the coming forecasts by the residuals so far. */
  void refresh() {
    for (int lead = 0; lead < leads; lead++) {
      sketch.quantiles(lead, quantiles, lead * QuantileLevels.COUNT);
    }
  }

  /** CRPS of the present quantiles of a lead time for a residual. */
  double crps(int lead, double residual) {
    return QuantileLevels.crps(quantiles, lead * QuantileLevels.COUNT, residual);
  }

  /** All lead times [H, 21] as last refreshed. */
  float[] quantiles() {
    return quantiles;
  }

  StateWriter save() {
    return sketch.save();
  }

  static Residuals restored(int leads, StateReader in) {
    return new Residuals(leads, ResidualSketch.restored(leads, in));
  }
}
