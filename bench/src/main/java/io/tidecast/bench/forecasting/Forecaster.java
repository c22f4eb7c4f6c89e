package io.tidecast.bench.forecasting;

/** A method under evaluation: it is shown one step after another and forecasts from each. */
interface Forecaster extends AutoCloseable {
  /**
   * Shows step t and asks for a forecast from it.
   *
   * @param out receives standardised quantiles [H, 21]
   */
  void step(int t, float[] out);

  @Override
  default void close() {}
}
