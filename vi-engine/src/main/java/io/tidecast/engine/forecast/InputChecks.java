package io.tidecast.engine.forecast;

import io.tidecast.engine.Rejection;
import io.tidecast.engine.forecast.ForecastInput.Observation;
import java.util.Optional;

/** What every observation must be, whatever was observed before. */
final class InputChecks {
  private static final int LONGEST_ID = 512;

  /** The last millisecond of the year 9999. */
  private static final long LATEST = 253_402_300_799_999L;

  /** Beyond this, differences and squares of values would leave the range of doubles. */
  private static final double LARGEST = 1e140;

  private final ForecastSettings settings;

  InputChecks(ForecastSettings settings) {
    this.settings = settings;
  }

  Optional<Rejection> check(Observation o) {
    String id = o.seriesId();
    if (id.isBlank() || id.length() > LONGEST_ID) {
      return refuse(
          "BAD_SERIES_ID",
          "series id: expected 1 to %d characters that are not all blank, got %d"
              .formatted(LONGEST_ID, id.length()));
    }
    if (o.timestamp() < 0 || o.timestamp() > LATEST) {
      return refuse(
          "IMPOSSIBLE_TIMESTAMP",
          "series '%s': expected milliseconds since the epoch, 0 to %d (year 9999), got %d"
              .formatted(id, LATEST, o.timestamp()));
    }
    if (Double.isInfinite(o.value()) || Math.abs(o.value()) > LARGEST) {
      return refuse(
          "NON_FINITE_VALUE",
          "series '%s', time %d: expected a value between +-%g, got %s; leave a missing one out"
              .formatted(id, o.timestamp(), LARGEST, o.value()));
    }
    return checkCovariates(o);
  }

  private Optional<Rejection> checkCovariates(Observation o) {
    if (o.covariates().length != settings.covariates()) {
      return refuse(
          "WRONG_COVARIATES",
          "series '%s', time %d: expected %d covariates, got %d"
              .formatted(
                  o.seriesId(), o.timestamp(), settings.covariates(), o.covariates().length));
    }
    int rows = settings.knownFuture() == 0 ? 0 : settings.horizon();
    if (o.knownFuture().length != rows) {
      return refuse(
          "WRONG_KNOWN_FUTURE",
          "series '%s', time %d: expected covariates known ahead for %d lead times, got %d"
              .formatted(o.seriesId(), o.timestamp(), rows, o.knownFuture().length));
    }
    for (double[] row : o.knownFuture()) {
      if (row.length != settings.knownFuture()) {
        return refuse(
            "WRONG_KNOWN_FUTURE",
            "series '%s', time %d: expected %d covariates known ahead for each lead time, got %d"
                .formatted(o.seriesId(), o.timestamp(), settings.knownFuture(), row.length));
      }
    }
    return checkFinite(o);
  }

  private static Optional<Rejection> checkFinite(Observation o) {
    boolean good = allFinite(o.covariates());
    for (double[] row : o.knownFuture()) {
      good &= allFinite(row);
    }
    return good
        ? Optional.empty()
        : refuse(
            "NON_FINITE_COVARIATE",
            "series '%s', time %d: expected covariates between +-%g, got NaN or one beyond"
                .formatted(o.seriesId(), o.timestamp(), LARGEST));
  }

  private static boolean allFinite(double[] values) {
    for (double value : values) {
      if (!(Math.abs(value) <= LARGEST)) {
        return false;
      }
    }
    return true;
  }

  private static Optional<Rejection> refuse(String reason, String detail) {
    return Optional.of(new Rejection(reason, detail));
  }
}
