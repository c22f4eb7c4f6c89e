package io.tidecast.engine.forecast;

import static io.tidecast.engine.forecast.Streams.feed;
import static io.tidecast.engine.forecast.Streams.forecasts;
import static io.tidecast.engine.forecast.Streams.hourly;
import static io.tidecast.engine.forecast.Streams.scores;
import static io.tidecast.engine.forecast.Streams.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.DeviceChoice;
import io.tidecast.engine.forecast.ForecastOutput.SeriesForecast;
import io.tidecast.engine.forecast.ForecastOutput.SeriesScore;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the learner makes of processes whose best forecasts are known. */
class GeneratedProcessTest {
  private static final int HORIZON = 12;
  private static ComputeDevice device;

  @BeforeAll
  static void open() {
    device = ComputeDevice.open(DeviceChoice.CPU, false);
  }

  @AfterAll
  static void close() {
    device.close();
  }

  private static ForecastLearner learner() {
    return ForecastLearner.create(settings(HORIZON, 24), device);
  }

  @Test
  void an_autoregressive_process_is_forecast_within_3_percent_of_its_best_crps() {
    int n = 6_000;
    double a = 1.2;
    double b = -.4;
    double[] y = new double[n];
    Random random = new Random(11);
    for (int t = 2; t < n; t++) {
      y[t] = a * y[t - 1] + b * y[t - 2] + random.nextGaussian();
    }
    try (ForecastLearner learner = learner()) {
      double crps = 0;
      double best = 0;
      double[] deviation = forecastDeviation(a, b);
      List<SeriesScore> scores = scores(feed(learner, hourly("ar", y)));
      for (SeriesScore score : scores.subList(2_000, scores.size())) {
        for (int i = 0; i < HORIZON; i++) {
          crps += score.crps()[i];
          // The mean CRPS of a normal forecast that is right is sd / sqrt(pi).
          best += deviation[i] / Math.sqrt(Math.PI);
        }
      }
      assertThat(crps / best).isLessThan(1.03);
    }
  }

  /** Standard deviation of the error of the best forecast, for each lead time. */
  private static double[] forecastDeviation(double a, double b) {
    double[] response = new double[HORIZON];
    double[] deviation = new double[HORIZON];
    double variance = 0;
    for (int h = 0; h < HORIZON; h++) {
      double one = h > 0 ? response[h - 1] : 0;
      double two = h > 1 ? response[h - 2] : 0;
      response[h] = h == 0 ? 1 : a * one + b * two;
      variance += response[h] * response[h];
      deviation[h] = Math.sqrt(variance);
    }
    return deviation;
  }

  @Test
  void coverage_recovers_within_200_steps_of_a_level_shift() {
    int n = 3_000;
    int shift = 2_000;
    double[] y = Streams.seasonal(n, 5);
    for (int t = shift; t < n; t++) {
      y[t] += 15;
    }
    try (ForecastLearner learner = learner()) {
      List<SeriesScore> scores = scores(feed(learner, hourly("shifted", y)));
      assertThat(coverage90(scores, 1_000, shift)).isBetween(.87, .93);
      assertThat(coverage90(scores, shift + 200, shift + 600)).isBetween(.85, .95);
      assertThat(drift(scores, shift, shift + 30)).isGreaterThan(.5);
      assertThat(drift(scores, shift - 200, shift)).isLessThan(.1);
      assertThat(drift(scores, shift + 400, n)).isLessThan(.1);
    }
  }

  private static double coverage90(List<SeriesScore> scores, int from, int to) {
    double inside = 0;
    double n = 0;
    for (SeriesScore score : between(scores, from, to)) {
      for (boolean hit : score.inside90()) {
        inside += hit ? 1 : 0;
        n++;
      }
    }
    return inside / n;
  }

  private static double drift(List<SeriesScore> scores, int from, int to) {
    return between(scores, from, to).stream().mapToDouble(SeriesScore::drift).max().orElseThrow();
  }

  private static List<SeriesScore> between(List<SeriesScore> scores, int from, int to) {
    return scores.stream()
        .filter(s -> s.timestamp() >= Streams.START + from * Streams.HOUR)
        .filter(s -> s.timestamp() < Streams.START + to * Streams.HOUR)
        .toList();
  }

  @Test
  void an_outlier_is_surprising_and_ordinary_values_are_so_evenly() {
    double[] y = Streams.seasonal(3_000, 6);
    y[2_900] += 12;
    try (ForecastLearner learner = learner()) {
      List<SeriesScore> scores = scores(feed(learner, hourly("spiked", y)));
      assertThat(between(scores, 2_900, 2_901).get(0).surprise()).isGreaterThan(.995);
      double mean =
          between(scores, 1_500, 2_900).stream()
              .mapToDouble(SeriesScore::surprise)
              .average()
              .orElseThrow();
      assertThat(mean).isBetween(.44, .56);
    }
  }

  @Test
  void a_constant_series_is_forecast_as_that_constant() {
    double[] y = new double[300];
    Arrays.fill(y, 42);
    try (ForecastLearner learner = learner()) {
      SeriesForecast last = last(feed(learner, hourly("constant", y)));
      for (int h = 0; h < HORIZON; h++) {
        assertThat(last.quantiles()[h][0]).isBetween(41.99, 42.0);
        assertThat(last.quantiles()[h][20]).isBetween(42.0, 42.01);
      }
      assertThat(last.coverage50()).isEqualTo(1);
      assertThat(last.coverage90()).isEqualTo(1);
    }
  }

  @Test
  void a_saturated_series_stays_within_its_bands() {
    Random random = new Random(11);
    double[] y = new double[1_000];
    Arrays.setAll(y, t -> t < 300 ? 90 + 5 * random.nextGaussian() : 100);
    try (ForecastLearner learner = learner()) {
      List<SeriesScore> scores = scores(feed(learner, hourly("saturated", y)));
      List<SeriesScore> settled = scores.subList(scores.size() - 500, scores.size());
      assertThat(settled)
          .allSatisfy(s -> assertThat(s.truth()).isEqualTo(100))
          .filteredOn(s -> !s.inside90()[0])
          .hasSizeLessThan(40);
    }
  }

  @Test
  void a_series_that_was_never_measured_is_not_forecast() {
    double[] y = new double[100];
    Arrays.fill(y, Double.NaN);
    try (ForecastLearner learner = learner()) {
      assertThat(feed(learner, hourly("missing", y))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-120, 1e-9, 1e9, 1e100})
  void the_unit_of_a_series_does_not_matter(double unit) {
    double[] y = Streams.seasonal(300, 8);
    double[] scaled = Arrays.stream(y).map(v -> v * unit).toArray();
    try (ForecastLearner plain = learner();
        ForecastLearner other = learner()) {
      SeriesForecast a = last(feed(plain, hourly("x", y)));
      SeriesForecast b = last(feed(other, hourly("x", scaled)));
      for (int h = 0; h < HORIZON; h++) {
        double width = a.quantiles()[h][20] - a.quantiles()[h][0];
        for (int q = 0; q < 21; q++) {
          double off = Math.abs(b.quantiles()[h][q] / unit - a.quantiles()[h][q]);
          assertThat(off).isLessThan(.02 * width);
        }
      }
    }
  }

  @Test
  void missing_values_and_gaps_are_neither_zeros_nor_targets() {
    double[] y = Streams.seasonal(1_200, 9);
    Random random = new Random(9);
    for (int t = 50; t < y.length - 1; t++) {
      if (random.nextInt(4) == 0) {
        y[t] = Double.NaN;
      }
    }
    try (ForecastLearner learner = learner()) {
      SeriesForecast last = last(feed(learner, hourly("gappy", y)));
      assertThat(last.observationsSeen()).isLessThan(1_000);
      assertThat(last.coverage90()).isBetween(.85, .95);
      for (double[] row : last.quantiles()) {
        assertThat(row[0]).isGreaterThan(12);
        assertThat(row[20]).isLessThan(33);
      }
    }
  }

  private static SeriesForecast last(List<ForecastOutput> outputs) {
    List<SeriesForecast> all = forecasts(outputs);
    return all.get(all.size() - 1);
  }
}
