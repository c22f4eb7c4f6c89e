package io.tidecast.bench.forecasting;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The simple methods that every evaluation shows beside the learner. */
final class Baselines {
  /** Longer seasons would make the linear baseline's history start too late. */
  private static final int LONGEST_SEASON = 400;

  private Baselines() {}

  /**
   * The methods by name.
   *
   * @param seasons customary ones of the series' interval, shortest first
   */
  static Map<String, Supplier<OnlineModel>> of(RecordedSeries series, int horizon, int[] seasons) {
    int n = series.size();
    int far =
        Arrays.stream(seasons).filter(s -> s >= horizon && s <= LONGEST_SEASON).max().orElse(0);
    double[][] calendar = CalendarInputs.of(series.times());
    Map<String, Supplier<OnlineModel>> models = new LinkedHashMap<>();
    models.put("last-value", () -> new NaiveBaseline(horizon, 0, n));
    if (seasons.length > 0) {
      models.put("seasonal-naive", () -> new NaiveBaseline(horizon, seasons[0], n));
    }
    models.put("rls", () -> new LinearBaseline(horizon, far, calendar, false));
    models.put("rls-aci", () -> new LinearBaseline(horizon, far, calendar, true));
    return models;
  }
}
