package io.tidecast.bench.forecasting;

/**
 * Repeats the last value, or that one season ago, with the quantiles of the last 500 residuals of
 * each lead time around it.
 */
final class NaiveBaseline implements OnlineModel {
  private static final int WINDOW = 500;

  private final int horizon;
  private final int season;
  private final double[] past;
  private final RollingQuantiles[] residuals;

  /**
   * @param season steps, or 0 for the last value
   * @param steps of the series
   */
  NaiveBaseline(int horizon, int season, int steps) {
    this.horizon = horizon;
    this.season = season;
    past = new double[steps];
    residuals = new RollingQuantiles[horizon];
    for (int lead = 0; lead < horizon; lead++) {
      residuals[lead] = new RollingQuantiles(WINDOW);
    }
  }

  @Override
  public void step(int t, double value, boolean observed, float[] out) {
    past[t] = value;
    if (observed) {
      for (int lead = 0; lead < horizon && lead < t; lead++) {
        int source = source(t - lead - 1, lead);
        if (source >= 0) {
          residuals[lead].add(value - past[source]);
        }
      }
    }
    for (int lead = 0; lead < horizon; lead++) {
      double point = past[Math.max(source(t, lead), 0)];
      for (int q = 0; q < Levels.COUNT; q++) {
        out[lead * Levels.COUNT + q] = (float) (point + residuals[lead].quantile(Levels.of(q)));
      }
    }
  }

  private int source(int origin, int lead) {
    return season == 0 ? origin : origin + lead + 1 - (lead + season) / season * season;
  }
}
