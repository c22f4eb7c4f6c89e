package io.tidecast.engine.forecast;

import java.util.Arrays;
import java.util.Objects;

/** What a forecast learner accepts. */
public sealed interface ForecastInput {

  /**
   * One measurement of one series.
   *
   * @param seriesId the series
   * @param timestamp milliseconds since the epoch
   * @param value the measurement, NaN where it was measured as missing
   * @param covariates observed covariates [C] at this time; C is the same for all observations of a
   *     learner
   * @param knownFuture covariates known ahead [H][K], row h-1 for lead time h; length 0 where there
   *     are none
   */
  record Observation(
      String seriesId, long timestamp, double value, double[] covariates, double[][] knownFuture)
      implements ForecastInput {

    public Observation(String seriesId, long timestamp, double value) {
      this(seriesId, timestamp, value, new double[0], new double[0][]);
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Observation other
          && seriesId.equals(other.seriesId)
          && timestamp == other.timestamp
          && Double.compare(value, other.value) == 0
          && Arrays.equals(covariates, other.covariates)
          && Arrays.deepEquals(knownFuture, other.knownFuture);
    }

    @Override
    public int hashCode() {
      return Objects.hash(
          seriesId,
          timestamp,
          value,
          Arrays.hashCode(covariates),
          Arrays.deepHashCode(knownFuture));
    }
  }

  /**
   * Ends the mini-batch that is being gathered, because time has passed. Only what is in the
   * journal has happened.
   */
  record BatchCut() implements ForecastInput {}
}
