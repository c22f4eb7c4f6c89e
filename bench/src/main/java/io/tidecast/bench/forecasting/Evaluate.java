package io.tidecast.bench.forecasting;

import io.tidecast.app.UserException;
import io.tidecast.bench.Progress;
import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.forecast.ForecastSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Test-then-train on the columns of a CSV file, by the protocol of docs/evaluation.md: the learner
 * of the service beside simple methods.
 */
public final class Evaluate {
  private final ComputeDevice device;

  public Evaluate(ComputeDevice device) {
    this.device = device;
  }

  /**
   * What to evaluate.
   *
   * @param csv a file, plain or gzipped
   * @param timeColumn null: the first column
   * @param columns none: all but the time
   * @param interval grid interval, empty: inferred
   * @param horizon lead times
   * @param context observations that the network looks back on
   * @param limit rows of the grid, 0 for all
   * @param warmUp fraction of the rows that is learned and not scored
   * @param seed of the learner
   * @param picture where to draw bands against truth (SVG), null for nowhere
   */
  public record Options(
      Path csv,
      @Nullable String timeColumn,
      List<String> columns,
      Optional<Duration> interval,
      int horizon,
      int context,
      int limit,
      double warmUp,
      long seed,
      @Nullable Path picture) {
    public Options {
      if (!(warmUp > 0 && warmUp < 1)) {
        throw new UserException("--warmup: expected a fraction between 0 and 1, got " + warmUp);
      }
    }
  }

  /** One entry for each series, method and horizon. */
  public record Report(List<EvaluationLine> results) {}

  /** Evaluates; all columns are learned by one learner, as a partition of the service would. */
  public Report run(Options options, Progress progress) {
    GridReader.Grid grid =
        GridReader.read(
            options.csv(),
            options.timeColumn(),
            options.columns(),
            options.interval(),
            options.limit());
    String dataset = options.csv().getFileName().toString().replaceAll("\\.csv(\\.gz)?$", "");
    List<RecordedSeries> series = GridReader.series(dataset, grid, options.warmUp());
    check(options, series);
    ForecastSettings settings =
        settings(series, options.horizon(), options.context(), options.seed());
    List<EvaluationLine> lines = new ArrayList<>();
    BandPicture picture = new BandPicture(series, options.horizon());
    lines.addAll(learner(series, settings, device, picture, progress));
    for (RecordedSeries one : series) {
      lines.addAll(baselines(one, settings, progress));
    }
    if (options.picture() != null) {
      write(options.picture(), picture.svg());
    }
    return new Report(List.copyOf(lines));
  }

  private static void check(Options options, List<RecordedSeries> series) {
    for (RecordedSeries one : series) {
      int scored = one.size() - one.warmUp() - options.horizon();
      if (scored < 1 || Double.isNaN(one.scoredMagnitude())) {
        throw new UserException(
            "%s, column '%s': nothing to score: %d rows, of which %d warm up, at horizon %d"
                .formatted(options.csv(), one.name(), one.size(), one.warmUp(), options.horizon()));
      }
    }
  }

  static ForecastSettings settings(
      List<RecordedSeries> series, int horizon, int context, long seed) {
    return new ForecastSettings(
        horizon,
        context,
        Optional.of(Duration.ofMillis(series.get(0).interval())),
        Duration.ZERO,
        Math.max(series.size(), 1),
        0,
        0,
        seed);
  }

  /** Lines of the learner and of its network alone. */
  static List<EvaluationLine> learner(
      List<RecordedSeries> series,
      ForecastSettings settings,
      ComputeDevice device,
      Fans fans,
      Progress progress) {
    int steps = series.get(0).size();
    LearnerRun run = new LearnerRun(series, settings.horizon());
    progress.start("tidecast", steps);
    run.run(settings, device, fans, progress::done);
    progress.end();
    List<EvaluationLine> lines = new ArrayList<>();
    for (int s = 0; s < series.size(); s++) {
      RecordedSeries one = series.get(s);
      int horizon = settings.horizon();
      double pace = run.perSecond();
      lines.addAll(EvaluationLine.of(one, "tidecast", horizon, run.published(s), pace));
      lines.addAll(EvaluationLine.of(one, "network", horizon, run.network(s), pace));
    }
    return lines;
  }

  static List<EvaluationLine> baselines(
      RecordedSeries series, ForecastSettings settings, Progress progress) {
    List<EvaluationLine> lines = new ArrayList<>();
    int horizon = settings.horizon();
    int[] seasons = settings.seasonsOf(series.interval());
    Map<String, Supplier<OnlineModel>> models = Baselines.of(series, horizon, seasons);
    progress.start("baselines of " + series.name(), models.size());
    models.forEach(
        (name, model) -> {
          Prequential.Run run = Prequential.run(series, horizon, model.get());
          lines.addAll(
              EvaluationLine.of(series, name, horizon, run.board(), run.originsPerSecond()));
          progress.done(lines.size());
        });
    progress.end();
    return lines;
  }

  private static void write(Path file, String svg) {
    try {
      Files.writeString(file, svg);
    } catch (IOException e) {
      throw new UserException("%s: cannot be written: %s".formatted(file, e), e);
    }
  }
}
