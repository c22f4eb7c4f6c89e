package io.tidecast.engine.forecast;

/**
 * What one row of inputs consists of: level, lag differences, means of older lags, the same lead
 * times a season ago, calendar, covariates now, covariates known ahead, a constant 1.
 *
 * @param lags lag differences, the nearest steps one by one
 * @param pooledLags means over {@link #POOL} steps each of the lags before those
 * @param blocks seasons that are longer than the single lags reach, one block of H inputs each
 * @param horizon lead times H
 * @param covariates observed covariates C
 * @param knownFuture covariates known ahead K
 */
record FeatureLayout(
    int lags, int pooledLags, int blocks, int horizon, int covariates, int knownFuture) {
  /** Lags beyond this many are pooled: single far lags cost more than they tell. */
  static final int SINGLE_LAGS = 48;

  static final int POOL = 6;

  static FeatureLayout of(ForecastSettings settings, int blocks) {
    int single = Math.min(settings.context(), SINGLE_LAGS);
    return new FeatureLayout(
        single - 1,
        (settings.context() - single) / POOL,
        blocks,
        settings.horizon(),
        settings.covariates(),
        settings.knownFuture());
  }

  /** Inputs in a row. */
  int size() {
    return 1
        + lags
        + pooledLags
        + blocks * horizon
        + Calendar.SIZE
        + covariates
        + horizon * knownFuture
        + 1;
  }

  /** Inputs at the start of a row that are proportional to the series' values. */
  int proportional() {
    return 1 + lags + pooledLags + blocks * horizon;
  }

  /** Steps that have an input of their own. */
  int singles() {
    return lags + 1;
  }

  /** Steps that the lags look back on. */
  int reach() {
    return lags + 1 + pooledLags * POOL;
  }
}
