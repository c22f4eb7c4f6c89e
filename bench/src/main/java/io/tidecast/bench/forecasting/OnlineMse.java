package io.tidecast.bench.forecasting;

import io.tidecast.bench.Progress;
import io.tidecast.bench.forecasting.ForecastingBench.OnlineLine;
import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.forecast.ForecastSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The leak-free online protocol of the literature: all columns, standardised by the training part,
 * context 96, mean squared error of the published medians over all lead times of the horizon, on
 * the test part. A label is learned when its time has come, never earlier. Published figures: best
 * of DSOF (ICLR 2025) and of FSNet's borders.
 */
enum OnlineMse {
  ETTM1_X4("ETTm1", "online ETTm1, borders x4", 11_520, 14_400, 57_600, .096, .418, .554),
  ETTM1_FSNET(
      "ETTm1", "online ETTm1, FSNet borders", 2_880, 3_600, 14_400, .081, Double.NaN, Double.NaN),
  EXCHANGE("exchange_rate", "online exchange_rate", 1_517, 1_897, 0, .009, Double.NaN, Double.NaN);

  private static final int CONTEXT = 96;
  private static final int[] HORIZONS = {1, 24, 48};

  private final String dataset;
  private final String title;
  private final int train;
  private final int test;
  private final int rows;
  private final double at1;
  private final double at24;
  private final double at48;

  /**
   * @param train rows by which values are standardised
   * @param test first row whose forecasts are scored
   * @param rows rows used, 0 for all
   * @param at1 published error at horizon 1, NaN where none was found
   * @param at24 likewise, horizon 24
   * @param at48 likewise, horizon 48
   */
  OnlineMse(
      String dataset,
      String title,
      int train,
      int test,
      int rows,
      double at1,
      double at24,
      double at48) {
    this.dataset = dataset;
    this.title = title;
    this.train = train;
    this.test = test;
    this.rows = rows;
    this.at1 = at1;
    this.at24 = at24;
    this.at48 = at48;
  }

  /** Name of the protocol's data and borders. */
  String title() {
    return title;
  }

  /** One line for each horizon with a published figure, over all columns. */
  List<OnlineLine> run(Path folder, long seed, ComputeDevice device, Progress progress) {
    List<OnlineLine> lines = new ArrayList<>();
    for (int horizon : HORIZONS) {
      if (published(horizon) == null) {
        continue;
      }
      lines.add(run(folder, horizon, seed, device, progress));
    }
    return lines;
  }

  private OnlineLine run(
      Path folder, int horizon, long seed, ComputeDevice device, Progress progress) {
    GridReader.Grid grid =
        GridReader.read(
            SharedSeries.file(folder, dataset), null, List.of(), Optional.empty(), rows);
    List<RecordedSeries> series = new ArrayList<>();
    for (int s = 0; s < grid.names().size(); s++) {
      series.add(
          new RecordedSeries(
              dataset, grid.names().get(s), grid.times(), grid.values()[s], train, test));
    }
    ForecastSettings settings = Evaluate.settings(series, horizon, CONTEXT, seed);
    LearnerRun run = new LearnerRun(series, horizon);
    progress.start(title + ", horizon " + horizon, grid.times().length);
    run.run(settings, device, (t, forecast) -> {}, progress::done);
    progress.end();
    double mse = 0;
    for (int s = 0; s < series.size(); s++) {
      mse += run.published(s).over(1, horizon).mse() / series.size();
    }
    return new OnlineLine(title, horizon, mse, published(horizon), run.perSecond());
  }

  private @Nullable Double published(int horizon) {
    double figure =
        switch (horizon) {
          case 1 -> at1;
          case 24 -> at24;
          case 48 -> at48;
          default -> Double.NaN;
        };
    return Double.isNaN(figure) ? null : figure;
  }
}
