package io.tidecast.bench.forecasting;

import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.forecast.ForecastSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The leak-free online protocol of the literature: all columns, standardised by the training part,
 * context 96, mean squared error of the published medians at lead times 1, 24 and 48 over the test
 * part. A label is learned when its time has come, never earlier.
 */
final class OnlineMse {
  private static final int CONTEXT = 96;

  private OnlineMse() {}

  /**
   * A data set with its borders.
   *
   * @param train rows by which values are standardised
   * @param test first row that is scored
   * @param rows rows used, 0 for all
   */
  record Borders(String dataset, String name, int train, int test, int rows) {}

  /** Borders x4 of ETTm1 (DSOF, ICLR 2025), borders of FSNet on ETTm1, exchange_rate 20:5:75. */
  static final List<Borders> ALL =
      List.of(
          new Borders("ETTm1", "ETTm1 (borders x4)", 11_520, 14_400 + 0, 57_600),
          new Borders("ETTm1", "ETTm1 (FSNet borders)", 2_880, 3_600, 14_400),
          new Borders("exchange_rate", "exchange_rate", 1_517, 1_896, 0));

  /** One line for each horizon, over all columns. */
  static List<MseLine> run(
      Path folder, Borders borders, long seed, ComputeDevice device, Progress progress) {
    List<MseLine> lines = new ArrayList<>();
    for (int horizon : new int[] {1, 24, 48}) {
      GridReader.Grid grid =
          GridReader.read(
              SharedSeries.file(folder, borders.dataset()),
              null,
              List.of(),
              Optional.empty(),
              borders.rows());
      List<RecordedSeries> series = new ArrayList<>();
      for (int s = 0; s < grid.names().size(); s++) {
        series.add(
            new RecordedSeries(
                borders.dataset(),
                grid.names().get(s),
                grid.times(),
                grid.values()[s],
                borders.train(),
                borders.test()));
      }
      ForecastSettings settings = Evaluate.settings(series, horizon, CONTEXT, seed);
      LearnerRun run = new LearnerRun(series, horizon);
      progress.start(borders.name() + ", horizon " + horizon, grid.times().length);
      run.run(settings, device, (t, forecast) -> {}, progress::done);
      progress.end();
      double mse = 0;
      for (int s = 0; s < series.size(); s++) {
        mse += run.published(s).over(1, horizon).mse() / series.size();
      }
      lines.add(new MseLine(borders.name(), horizon, mse, run.perSecond()));
    }
    return lines;
  }

  /**
   * Error of the learner on one data set.
   *
   * @param mse mean over columns and lead times 1..horizon, on standardised values
   */
  record MseLine(String dataset, int horizon, double mse, double observationsPerSecond) {}
}
