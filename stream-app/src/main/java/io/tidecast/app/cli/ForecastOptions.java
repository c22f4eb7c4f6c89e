package io.tidecast.app.cli;

import io.tidecast.app.config.ConfigSources;
import io.tidecast.app.config.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Short flags for the settings that are changed most. */
final class ForecastOptions {
  @Option(
      names = "--interval",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "Interval of the series' grid, e.g. 250ms, 15m, 1h; default: inferred.")
  private @Nullable Duration interval;

  @Option(
      names = "--horizon",
      paramLabel = "H",
      description = "Lead times of a forecast, in intervals; default 24.")
  private @Nullable Integer horizon;

  @Option(
      names = "--context",
      paramLabel = "N",
      description = "Observations that the network looks back on; default 96.")
  private @Nullable Integer context;

  void addTo(ConfigSources sources, @Nullable Duration intervalOfFeed) {
    Duration grid = interval == null ? intervalOfFeed : interval;
    sources
        .flag("forecast.interval", grid == null ? null : Durations.format(grid))
        .flag("forecast.horizon", horizon)
        .flag("forecast.context", context);
  }
}
