package io.tidecast.bench.forecasting;

import io.tidecast.app.UserException;
import io.tidecast.app.feed.CsvFeed;
import io.tidecast.app.feed.Reading;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads columns of a CSV file onto one regular grid. The first of several rows for a time counts,
 * times without a row are missing. Where times do not lie on a grid, rows count as steps.
 */
final class GridReader {
  /** Share of rows that must lie on the grid for it to be one. */
  private static final double REGULAR = 0.95;

  private GridReader() {}

  /**
   * Columns of a file on their grid.
   *
   * @param names of the series
   * @param times grid times [n], milliseconds since the epoch
   * @param values [series][n], NaN where missing
   */
  record Grid(List<String> names, long[] times, double[][] values) {}

  /**
   * Reads a file, plain or gzipped.
   *
   * @param columns none: all but the time
   * @param interval empty: the median difference of the times
   * @param limit steps to keep, 0 for all
   * @throws UserException if the file is missing, malformed, or has fewer than two rows
   */
  static Grid read(
      Path file,
      @Nullable String timeColumn,
      List<String> columns,
      Optional<Duration> interval,
      int limit) {
    NavigableMap<Long, double[]> rows = new TreeMap<>();
    List<String> names;
    try (CsvFeed feed = new CsvFeed(file, timeColumn, columns)) {
      names = feed.series();
      for (List<Reading> row = feed.next(); !row.isEmpty(); row = feed.next()) {
        double[] values = row.stream().mapToDouble(Reading::value).toArray();
        rows.putIfAbsent(row.get(0).timestamp(), values);
      }
    }
    if (rows.size() < 2) {
      throw new UserException(
          "%s: expected at least two rows, found %d".formatted(file, rows.size()));
    }
    long step = interval.map(Duration::toMillis).orElseGet(() -> median(rows));
    return isRegular(rows, step)
        ? onGrid(names, rows, step, limit)
        : asSteps(names, rows, step, limit);
  }

  private static long median(NavigableMap<Long, double[]> rows) {
    List<Long> differences = new ArrayList<>(rows.size());
    long before = rows.firstKey();
    for (long time : rows.tailMap(before, false).keySet()) {
      differences.add(time - before);
      before = time;
    }
    differences.sort(null);
    return differences.get((differences.size() - 1) / 2);
  }

  private static boolean isRegular(NavigableMap<Long, double[]> rows, long step) {
    long first = rows.firstKey();
    long fitting = rows.keySet().stream().filter(time -> (time - first) % step == 0).count();
    long steps = (rows.lastKey() - first) / step + 1;
    return fitting >= REGULAR * rows.size() && steps < 20L * rows.size();
  }

  private static Grid onGrid(
      List<String> names, NavigableMap<Long, double[]> rows, long step, int limit) {
    long first = rows.firstKey();
    int n = (int) ((rows.lastKey() - first) / step) + 1;
    n = limit > 0 ? Math.min(n, limit) : n;
    long[] times = new long[n];
    double[][] values = new double[names.size()][n];
    for (int t = 0; t < n; t++) {
      times[t] = first + t * step;
      double @Nullable [] row = rows.get(times[t]);
      for (int s = 0; s < values.length; s++) {
        values[s][t] = row == null ? Double.NaN : row[s];
      }
    }
    return new Grid(names, times, values);
  }

  private static Grid asSteps(
      List<String> names, NavigableMap<Long, double[]> rows, long step, int limit) {
    int n = limit > 0 ? Math.min(rows.size(), limit) : rows.size();
    long[] times = new long[n];
    double[][] values = new double[names.size()][n];
    int t = 0;
    for (Map.Entry<Long, double[]> row : rows.entrySet()) {
      if (t == n) {
        break;
      }
      times[t] = rows.firstKey() + t * step;
      for (int s = 0; s < values.length; s++) {
        values[s][t] = row.getValue()[s];
      }
      t++;
    }
    return new Grid(names, times, values);
  }

  /** The series of a grid, to be evaluated with these fractions of their steps. */
  static List<RecordedSeries> series(String dataset, Grid grid, double warmUp) {
    int n = grid.times().length;
    int scoredFrom = (int) (n * warmUp);
    int training = Math.max((int) (n * warmUp * .8), 1);
    List<RecordedSeries> series = new ArrayList<>();
    for (int s = 0; s < grid.names().size(); s++) {
      double[] values = Arrays.copyOf(grid.values()[s], n);
      series.add(
          new RecordedSeries(
              dataset, grid.names().get(s), grid.times(), values, training, scoredFrom));
    }
    return series;
  }
}
