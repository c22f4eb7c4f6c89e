package io.tidecast.bench.forecasting;

import io.tidecast.app.UserException;
import io.tidecast.bench.Progress;
import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.forecast.ForecastSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The learner on the recorded series of the baselines, beside the figures that the baselines
 * reached there, and on the online protocol of the literature beside published ones.
 */
public final class ForecastingBench {
  private static final int HORIZON = 24;

  private final ComputeDevice device;

  public ForecastingBench(ComputeDevice device) {
    this.device = device;
  }

  /**
   * What to run.
   *
   * @param data folder with the data as CSV files, plain or gzipped
   * @param baselines results of the baselines as CSV: dataset, series, model, horizon, ncrps
   * @param series parts of dataset/column names, or of the online protocols' titles, to run; none:
   *     all
   * @param context observations that the network looks back on
   * @param seed of the learner
   * @param online whether to run the online protocol too (takes long)
   */
  public record Options(
      Path data, Path baselines, List<String> series, int context, long seed, boolean online) {}

  /**
   * What was reached on one series, means over lead times 1..24.
   *
   * @param ncrps CRPS over the mean magnitude of the values
   * @param networkNcrps the same of the network alone
   * @param better ncrps of the better of RLS with ACI bands and the MLP under Adam
   * @param ratio ncrps / better
   * @param ratioToLastValue ncrps over that of the last value
   * @param networkRatio networkNcrps over that of the MLP under Adam
   * @param coldRatio CRPS from a cold start over that of our RLS with ACI bands, both scored from
   *     the 300th step on
   */
  public record SeriesLine(
      String dataset,
      String series,
      double ncrps,
      double networkNcrps,
      double better,
      double ratio,
      double ratioToLastValue,
      double networkRatio,
      double coldRatio,
      double cov50,
      double cov80,
      double cov90,
      double cov95,
      double originsPerSecond) {}

  /**
   * Error on the online protocol.
   *
   * @param mse mean over columns and lead times 1..horizon, on standardised values
   * @param published the best published figure for it, null where none was found
   */
  public record OnlineLine(
      String dataset,
      int horizon,
      double mse,
      @Nullable Double published,
      double observationsPerSecond) {}

  /**
   * All that was measured.
   *
   * @param results one entry for each series
   * @param verdicts the bars, and whether they hold over these series
   * @param coldStart geometric mean of the cold ratios, null without series
   * @param online entries of the online protocol
   */
  public record Report(
      List<SeriesLine> results,
      List<Verdict> verdicts,
      @Nullable Double coldStart,
      List<OnlineLine> online) {}

  /**
   * Runs what was asked for, one series after another.
   *
   * @throws UserException if data is missing, or no series is left
   */
  public Report run(Options options, Progress progress) {
    BaselineResults baselines = BaselineResults.read(options.baselines());
    List<SeriesLine> lines = new ArrayList<>();
    for (SharedSeries shared : SharedSeries.values()) {
      if (wanted(shared.title(), options.series())) {
        lines.add(line(shared.load(options.data()), options, baselines, progress));
      }
    }
    List<OnlineLine> online = new ArrayList<>();
    for (OnlineMse protocol : OnlineMse.values()) {
      if (options.online() && wanted(protocol.title(), options.series())) {
        online.addAll(protocol.run(options.data(), options.seed(), device, progress));
      }
    }
    if (lines.isEmpty() && online.isEmpty()) {
      throw new UserException("no series matches " + options.series());
    }
    List<Verdict> verdicts = lines.isEmpty() ? List.of() : Verdict.over(lines);
    Double coldStart = lines.isEmpty() ? null : Verdict.geometricMean(lines, SeriesLine::coldRatio);
    return new Report(List.copyOf(lines), verdicts, coldStart, List.copyOf(online));
  }

  private static boolean wanted(String title, List<String> parts) {
    return parts.isEmpty() || parts.stream().anyMatch(title::contains);
  }

  private static double coldLinear(RecordedSeries series, ForecastSettings settings) {
    int[] seasons = settings.seasonsOf(series.interval());
    OnlineModel linear =
        Objects.requireNonNull(Baselines.of(series, HORIZON, seasons).get("rls-aci")).get();
    RecordedSeries early = series.scoredFrom(LearnerRun.COLD);
    return Prequential.run(early, HORIZON, linear).board().over(1, HORIZON).crps();
  }

  private SeriesLine line(
      RecordedSeries series, Options options, BaselineResults baselines, Progress progress) {
    List<RecordedSeries> one = List.of(series);
    ForecastSettings settings = Evaluate.settings(one, HORIZON, options.context(), options.seed());
    LearnerRun run = new LearnerRun(one, HORIZON);
    progress.start(series.dataset() + "/" + series.name(), series.size());
    run.run(settings, device, (t, forecast) -> {}, progress::done);
    progress.end();
    double norm = series.deviation() / series.scoredMagnitude();
    ScoreBoard.Scores scores = run.published(0).over(1, HORIZON);
    double ncrps = scores.crps() * norm;
    double network = run.network(0).over(1, HORIZON).crps() * norm;
    double adam = baselines.ncrps(series, "mlp-adam gauss");
    double cold = run.early(0).over(1, HORIZON).crps() / coldLinear(series, settings);
    double better = Math.min(adam, baselines.ncrps(series, "rls-ar aci"));
    return new SeriesLine(
        series.dataset(),
        series.name(),
        ncrps,
        network,
        better,
        ncrps / better,
        ncrps / baselines.ncrps(series, "naive+resQ"),
        network / adam,
        cold,
        scores.cov50(),
        scores.cov80(),
        scores.cov90(),
        scores.cov95(),
        run.perSecond());
  }
}
