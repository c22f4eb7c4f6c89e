package io.tidecast.bench.forecasting;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/** Harmonics of day and week and a flag for the weekend (UTC), for the linear baselines. */
final class CalendarInputs {
  private static final long DAY = 86_400_000;

  private CalendarInputs() {}

  /** One row for each time; days only have harmonics where the steps are shorter than a day. */
  static double[][] of(long[] times) {
    boolean withinDays = times.length > 1 && times[1] - times[0] < DAY;
    double[][] rows = new double[times.length][];
    for (int t = 0; t < times.length; t++) {
      ZonedDateTime time = Instant.ofEpochMilli(times[t]).atZone(ZoneOffset.UTC);
      double day = time.toLocalTime().toSecondOfDay() / 86_400.0;
      int weekday = time.getDayOfWeek().getValue() - 1;
      List<Double> row = new ArrayList<>();
      if (withinDays) {
        harmonics(day, 3, row);
        row.add(weekday >= 5 ? 1.0 : 0.0);
      }
      harmonics((weekday + day) / 7, 2, row);
      rows[t] = row.stream().mapToDouble(Double::doubleValue).toArray();
    }
    return rows;
  }

  private static void harmonics(double phase, int count, List<Double> row) {
    for (int k = 1; k <= count; k++) {
      row.add(Math.sin(2 * Math.PI * k * phase));
      row.add(Math.cos(2 * Math.PI * k * phase));
    }
  }
}
