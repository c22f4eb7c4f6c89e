package io.tidecast.bench.forecasting;

import io.tidecast.engine.forecast.ForecastOutput.SeriesForecast;

/** Is shown every forecast as it is issued. */
interface Fans {
  void issued(int t, SeriesForecast forecast);
}
