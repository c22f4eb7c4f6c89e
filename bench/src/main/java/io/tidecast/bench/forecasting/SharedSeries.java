package io.tidecast.bench.forecasting;

import io.tidecast.app.feed.CsvFeed;
import io.tidecast.app.feed.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** The series of the baselines, by the same rules: grid, rows, warm-up, standardisation. */
enum SharedSeries {
  ETTH1_OT("ETTh1", "OT", Duration.ofHours(1), 14_400, 2_880, 3_600),
  ETTH1_HUFL("ETTh1", "HUFL", Duration.ofHours(1), 14_400, 2_880, 3_600),
  ETTM1_OT("ETTm1", "OT", Duration.ofMinutes(15), 40_000, 11_520, 14_400),
  AUD("exchange_rate", "AUD", Duration.ZERO, 0, 0, 0),
  GBP("exchange_rate", "GBP", Duration.ZERO, 0, 0, 0),
  PM25("beijing_pm25", "pm25", Duration.ofHours(1), 0, 0, 0),
  BIKES("bike_sharing_hour", "cnt", Duration.ofHours(1), 0, 0, 0),
  PRICE("gefcom2014_price", "zonal_price", Duration.ofHours(1), 0, 0, 0),
  TAXI("nab_nyc_taxi", "value", Duration.ofMinutes(30), 0, 0, 0),
  CPU("nab_ec2_cpu_utilization_5f5533", "value", Duration.ofMinutes(5), 0, 0, 0),
  TWITTER("nab_Twitter_volume_AAPL", "value", Duration.ofMinutes(5), 0, 0, 0);

  private static final double SENTINEL = -9000;

  private final String dataset;
  private final String column;
  private final Duration interval;
  private final int rows;
  private final int training;
  private final int warmUp;

  SharedSeries(
      String dataset, String column, Duration interval, int rows, int training, int warmUp) {
    this.dataset = dataset;
    this.column = column;
    this.interval = interval;
    this.rows = rows;
    this.training = training;
    this.warmUp = warmUp;
  }

  RecordedSeries load(Path folder) {
    Path plain = folder.resolve(dataset + ".csv");
    Path file = Files.exists(plain) ? plain : folder.resolve(dataset + ".csv.gz");
    TreeMap<Long, Double> values = new TreeMap<>();
    try (CsvFeed feed = new CsvFeed(file, null, List.of(column))) {
      for (List<Reading> row = feed.next(); !row.isEmpty(); row = feed.next()) {
        double value = row.get(0).value();
        values.putIfAbsent(row.get(0).timestamp(), value > SENTINEL ? value : Double.NaN);
      }
    }
    long first = values.firstKey();
    long step = interval.isZero() ? values.higherKey(first) - first : interval.toMillis();
    int n = interval.isZero() ? values.size() : (int) ((values.lastKey() - first) / step) + 1;
    int kept = rows == 0 ? n : Math.min(n, rows);
    long[] times = new long[kept];
    double[] grid = new double[kept];
    Arrays.fill(grid, Double.NaN);
    if (interval.isZero()) {
      int t = 0;
      for (double value : values.values()) {
        times[t] = first + t * step;
        grid[t++] = value;
      }
    } else {
      for (int t = 0; t < kept; t++) {
        times[t] = first + t * step;
        grid[t] = values.getOrDefault(times[t], Double.NaN);
      }
    }
    return new RecordedSeries(
        dataset,
        column,
        times,
        grid,
        training == 0 ? (int) (kept * .2) : training,
        warmUp == 0 ? (int) (kept * .25) : warmUp);
  }
}
