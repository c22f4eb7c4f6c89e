package io.tidecast.bench.forecasting;

/** A method under evaluation: it is shown one step after another and forecasts from each. */
interface OnlineModel {
  /**
   * Shows step t and asks for a forecast from it. Nothing after t is known.
   *
   * @param value standardised; the last measurement stands in for a missing one
   * @param observed whether it was measured
   * @param out receives standardised quantiles [H, 21]
   */
  void step(int t, double value, boolean observed, float[] out);
}
