package io.tidecast.engine.forecast;

/** What a forecast learner makes known. */
public sealed interface ForecastOutput {
  /** The series that this is about. */
  String seriesId();

  /** Time of the observation that brought it about, milliseconds since the epoch. */
  long timestamp();

  /**
   * A forecast of one series from one origin, for the lead times 1..H.
   *
   * @param seriesId the series
   * @param timestamp the origin: grid time of the newest observation used, milliseconds since the
   *     epoch
   * @param epoch first part of the model version: raised when a model starts afresh
   * @param step second part of the model version: learning steps so far
   * @param observationsSeen observations of this series so far
   * @param intervalMillis the series' grid interval
   * @param levels quantile levels [Q], ascending
   * @param mean predictive mean [H], in the unit of the series
   * @param quantiles predictive quantiles [H][Q], ascending in each row
   * @param epistemicStd standard deviation [H] from not knowing the weights
   * @param aleatoricStd standard deviation [H] that would stay if the weights were known
   * @param expertNames the pool's experts [K]
   * @param expertWeights weights [H][K], each row sums to 1
   * @param coverage50 observed coverage so far of the 50 % band over all lead times, NaN before the
   *     first truth
   * @param coverage80 likewise, 80 %
   * @param coverage90 likewise, 90 %
   * @param coverage95 likewise, 95 %
   * @param warmingUp whether the series is still too short for its bands to be relied on
   * @param paths joint sample paths [S][H], in the unit of the series; none unless asked for
   */
  record SeriesForecast(
      String seriesId,
      long timestamp,
      long epoch,
      long step,
      long observationsSeen,
      long intervalMillis,
      double[] levels,
      double[] mean,
      double[][] quantiles,
      double[] epistemicStd,
      double[] aleatoricStd,
      String[] expertNames,
      double[][] expertWeights,
      double coverage50,
      double coverage80,
      double coverage90,
      double coverage95,
      boolean warmingUp,
      double[][] paths)
      implements ForecastOutput {}

  /**
   * What the forecasts for one time were worth when its truth came: one entry for each lead time
   * that had a forecast.
   *
   * @param seriesId the series
   * @param timestamp grid time of the truth, milliseconds since the epoch
   * @param truth the value that came
   * @param leadTimes lead times scored [L], ascending
   * @param crps continuous ranked probability score [L], in the unit of the series
   * @param logScore predictive log density of the truth [L], nats
   * @param pit probability integral transform of the truth [L], in 0..1
   * @param inside50 whether the truth fell into the 50 % band [L]
   * @param inside80 likewise, 80 %
   * @param inside90 likewise, 90 %
   * @param inside95 likewise, 95 %
   * @param surprise how unusual the truth was for this series, in 0..1; the share of earlier truths
   *     that were less surprising
   * @param drift the drift signal, in 0..1: 0 no sign of change
   */
  record SeriesScore(
      String seriesId,
      long timestamp,
      double truth,
      int[] leadTimes,
      double[] crps,
      double[] logScore,
      double[] pit,
      boolean[] inside50,
      boolean[] inside80,
      boolean[] inside90,
      boolean[] inside95,
      double surprise,
      double drift)
      implements ForecastOutput {}
}
