package io.tidecast.engine.forecast;

import java.time.Duration;
import java.util.List;
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
 * @param seasons seasons in steps, shortest first, or empty to infer them per series
 * @param maxSeries series that one learner takes on
 * @param paths joint sample paths in each forecast, 0 for none
 */
public record ForecastSettings(
    int horizon,
    int context,
    Optional<Duration> interval,
    Duration allowedLateness,
    int batchSize,
    int covariates,
    int knownFuture,
    long seed,
    List<Integer> seasons,
    int maxSeries,
    int paths) {
  private static final int MAX_SERIES = 100_000;
  private static final int MAX_PATHS = 1_000;

  public ForecastSettings {
    require(horizon >= 1 && horizon <= 512, "horizon", "1 to 512", horizon);
    require(context >= 1 && context <= 4096, "context", "1 to 4096", context);
    require(
        interval.isEmpty() || interval.get().toMillis() > 0, "interval", "at least 1 ms", interval);
    require(!allowedLateness.isNegative(), "allowedLateness", "zero or more", allowedLateness);
    require(batchSize >= 1, "batchSize", "at least 1", batchSize);
    require(covariates >= 0 && covariates <= 1024, "covariates", "0 to 1024", covariates);
    require(knownFuture >= 0 && knownFuture <= 1024, "knownFuture", "0 to 1024", knownFuture);
    require(maxSeries >= 1, "maxSeries", "at least 1", maxSeries);
    require(paths >= 0 && paths <= MAX_PATHS, "paths", "0 to " + MAX_PATHS, paths);
    seasons = List.copyOf(seasons);
    checkSeasons(seasons);
  }

  /**
   * Checks seasons in steps.
   *
   * @throws IllegalArgumentException if one is out of its limits, or they are not ascending
   */
  public static void checkSeasons(List<Integer> seasons) {
    for (int i = 0; i < seasons.size(); i++) {
      int season = seasons.get(i);
      boolean ascending = i == 0 || season > seasons.get(i - 1);
      require(
          season >= 2 && season <= Seasons.LONGEST && ascending,
          "seasons",
          "steps from 2 to " + Seasons.LONGEST + ", ascending",
          seasons);
    }
  }

  /** Settings with inferred seasons, the default limit of series and no sample paths. */
  public ForecastSettings(
      int horizon,
      int context,
      Optional<Duration> interval,
      Duration allowedLateness,
      int batchSize,
      int covariates,
      int knownFuture,
      long seed) {
    this(
        horizon,
        context,
        interval,
        allowedLateness,
        batchSize,
        covariates,
        knownFuture,
        seed,
        List.of(),
        MAX_SERIES,
        0);
  }

  /** These settings with another seed. */
  public ForecastSettings withSeed(long newSeed) {
    return with(newSeed, seasons, maxSeries, paths);
  }

  /** These settings with other seasons, in steps, shortest first; none: inferred. */
  public ForecastSettings withSeasons(List<Integer> newSeasons) {
    return with(seed, newSeasons, maxSeries, paths);
  }

  /** These settings with another number of sample paths. */
  public ForecastSettings withPaths(int newPaths) {
    return with(seed, seasons, maxSeries, newPaths);
  }

  /** These settings with another limit to the series that one learner takes on. */
  public ForecastSettings withMaxSeries(int newMaxSeries) {
    return with(seed, seasons, newMaxSeries, paths);
  }

  private ForecastSettings with(
      long newSeed, List<Integer> newSeasons, int newMaxSeries, int newPaths) {
    return new ForecastSettings(
        horizon,
        context,
        interval,
        allowedLateness,
        batchSize,
        covariates,
        knownFuture,
        newSeed,
        newSeasons,
        newMaxSeries,
        newPaths);
  }

  /**
   * Seasons to start with for a series with this grid interval, in steps, shortest first: the
   * configured ones, or the customary ones of the interval, e.g. 24 and 168 for hours.
   *
   * @param interval milliseconds
   */
  public int[] seasonsOf(long interval) {
    return seasons.isEmpty()
        ? Seasons.customary(interval)
        : seasons.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The settings that decide what a state means; a state goes on under equal ones only. */
  String stateRelevant() {
    return "horizon=%d context=%d interval=%s covariates=%d known-future=%d seed=%d seasons=%s"
        .formatted(
            horizon,
            context,
            interval.map(Duration::toString).orElse("inferred"),
            covariates,
            knownFuture,
            seed,
            seasons);
  }

  private static void require(boolean good, String name, String expected, Object got) {
    if (!good) {
      throw new IllegalArgumentException("%s: expected %s, got %s".formatted(name, expected, got));
    }
  }
}
