package io.tidecast.bench.forecasting;

import io.tidecast.app.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The series that the baselines were run on, with their rows and warm-up. */
enum SharedSeries {
  ETTH1_OT("ETTh1", "OT", 14_400, .25),
  ETTH1_HUFL("ETTh1", "HUFL", 14_400, .25),
  ETTM1_OT("ETTm1", "OT", 40_000, .36),
  AUD("exchange_rate", "AUD", 0, .25),
  GBP("exchange_rate", "GBP", 0, .25),
  PM25("beijing_pm25", "pm25", 0, .25),
  BIKES("bike_sharing_hour", "cnt", 0, .25),
  PRICE("gefcom2014_price", "zonal_price", 0, .25),
  TAXI("nab_nyc_taxi", "value", 0, .25),
  CPU("nab_ec2_cpu_utilization_5f5533", "value", 0, .25),
  TWITTER("nab_Twitter_volume_AAPL", "value", 0, .25);

  /** Values below are codes for missing ones in some of these sets. */
  private static final double SENTINEL = -9000;

  private final String dataset;
  private final String column;
  private final int rows;
  private final double warmUp;

  SharedSeries(String dataset, String column, int rows, double warmUp) {
    this.dataset = dataset;
    this.column = column;
    this.rows = rows;
    this.warmUp = warmUp;
  }

  /**
   * Reads the series.
   *
   * @param folder with the data as CSV files, plain or gzipped
   */
  RecordedSeries load(Path folder) {
    GridReader.Grid grid =
        GridReader.read(file(folder, dataset), null, List.of(column), Optional.empty(), rows);
    for (double[] values : grid.values()) {
      Arrays.setAll(values, t -> values[t] > SENTINEL ? values[t] : Double.NaN);
    }
    return GridReader.series(dataset, grid, warmUp).get(0);
  }

  /** Data set and column, e.g. {@code ETTh1/OT}. */
  String title() {
    return dataset + "/" + column;
  }

  static Path file(Path folder, String dataset) {
    Path plain = folder.resolve(dataset + ".csv");
    Path zipped = folder.resolve(dataset + ".csv.gz");
    if (!Files.exists(plain) && !Files.exists(zipped)) {
      throw new UserException(
          "%s: expected %s.csv or %s.csv.gz".formatted(folder, dataset, dataset));
    }
    return Files.exists(plain) ? plain : zipped;
  }
}
