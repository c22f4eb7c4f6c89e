package io.tidecast.engine.forecast;

import java.time.Duration;
import java.util.Optional;

/**
 * What a forecast learner is told before it starts.
 *
 * @param horizon lead times H
 * @param context observations that the network looks back on
 * @param interval grid interval, or empty to infer it per series
 * @param allowedLateness how far behind the newest observation of its series an observation may be
 * @param batchSize observations that cut a mini-batch; a batch is also cut when every known series
 *     has one in it
 * @param covariates number C of observed covariates
 * @param knownFuture number K of covariates known ahead
 * @param seed seed of all random numbers
 */
public record ForecastSettings(
    int horizon,
    int context,
    Optional<Duration> interval,
    Duration allowedLateness,
    int batchSize,
    int covariates,
    int knownFuture,
    long seed) {

  /** These settings with another seed. */
  public ForecastSettings withSeed(long newSeed) {
    return new ForecastSettings(
        horizon, context, interval, allowedLateness, batchSize, covariates, knownFuture, newSeed);
  }
}
