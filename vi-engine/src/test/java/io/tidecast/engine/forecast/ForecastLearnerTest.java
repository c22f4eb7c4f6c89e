package io.tidecast.engine.forecast;

import static io.tidecast.engine.forecast.Streams.feed;
import static io.tidecast.engine.forecast.Streams.forecasts;
import static io.tidecast.engine.forecast.Streams.hourly;
import static io.tidecast.engine.forecast.Streams.scores;
import static io.tidecast.engine.forecast.Streams.seasonal;
import static io.tidecast.engine.forecast.Streams.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.DeviceChoice;
import io.tidecast.engine.forecast.ForecastInput.BatchCut;
import io.tidecast.engine.forecast.ForecastInput.Observation;
import io.tidecast.engine.forecast.ForecastOutput.SeriesForecast;
import io.tidecast.engine.forecast.ForecastOutput.SeriesScore;
import io.tidecast.engine.inference.MiniBatch;
import io.tidecast.engine.inference.PosteriorSummary;
import io.tidecast.engine.state.StateWriter;
import io.tidecast.engine.state.UnreadableStateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ForecastLearnerTest {
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
    return ForecastLearner.create(settings(12, 24), device);
  }

  @Test
  void each_new_step_of_a_single_series_is_forecast_at_once() {
    try (ForecastLearner learner = learner()) {
      List<SeriesForecast> forecasts = forecasts(feed(learner, hourly("a", seasonal(60, 1))));
      assertThat(forecasts).hasSize(58);
      SeriesForecast last = forecasts.get(57);
      assertThat(last.timestamp()).isEqualTo(Streams.START + 59 * Streams.HOUR);
      assertThat(last.observationsSeen()).isEqualTo(60);
      assertThat(last.intervalMillis()).isEqualTo(Streams.HOUR);
      assertThat(last.quantiles()).hasDimensions(12, 21);
      assertThat(last.warmingUp()).isTrue();
      for (double[] row : last.quantiles()) {
        assertThat(row).isSorted();
      }
      for (double[] weights : last.expertWeights()) {
        double sum = 0;
        for (double w : weights) {
          sum += w;
        }
        assertThat(sum).isCloseTo(1, within(1e-9));
      }
    }
  }

  @Test
  void a_series_too_many_is_refused_by_name_and_known_ones_go_on() {
    try (ForecastLearner learner =
        ForecastLearner.create(settings(12, 24).withMaxSeries(1), device)) {
      learner.accept(hourly("a", seasonal(1, 1)).get(0));
      String before = learner.stateHash();
      assertThat(learner.check(hourly("b", seasonal(1, 1)).get(0)))
          .hasValueSatisfying(
              refused -> {
                assertThat(refused.reason()).isEqualTo("TOO_MANY_SERIES");
                assertThat(refused.detail()).contains("'b'", "forecast.max-series allows 1");
              });
      assertThat(learner.check(hourly("a", seasonal(2, 1)).get(1))).isEmpty();
      assertThat(learner.stateHash()).isEqualTo(before);
    }
  }

  @Test
  void a_truth_is_scored_at_every_lead_time_that_had_a_forecast() {
    try (ForecastLearner learner = learner()) {
      List<SeriesScore> scores = scores(feed(learner, hourly("a", seasonal(60, 1))));
      assertThat(scores).hasSize(57);
      assertThat(scores.get(0).leadTimes()).containsExactly(1);
      assertThat(scores.get(56).leadTimes()).hasSize(12);
      assertThat(scores).allSatisfy(s -> assertThat(s.crps()).doesNotContain(Double.NaN));
    }
  }

  @Test
  void the_future_does_not_change_an_earlier_forecast() {
    double[] values = seasonal(400, 2);
    double[] other = values.clone();
    for (int t = 300; t < other.length; t++) {
      other[t] = t % 7 == 0 ? Double.NaN : other[t] + 100;
    }
    try (ForecastLearner one = learner();
        ForecastLearner two = learner()) {
      List<SeriesForecast> a = forecasts(feed(one, hourly("a", values)));
      List<SeriesForecast> b = forecasts(feed(two, hourly("a", other)));
      for (int i = 0; i < 298; i++) {
        assertThat(Streams.bits(a.get(i))).isEqualTo(Streams.bits(b.get(i)));
      }
      assertThat(a.get(298).mean()).isNotEqualTo(b.get(298).mean());
    }
  }

  @Test
  void drift_shortens_the_memory_and_lets_it_recover() {
    double[] values = seasonal(1_500, 3);
    for (int t = 600; t < values.length; t++) {
      values[t] = 40 - values[t] + (t % 3) * 6;
    }
    List<Double> memory = new ArrayList<>();
    try (ForecastLearner learner =
        new ForecastLearner(
            settings(12, 24), layout -> new MemoryProbe(device, layout, memory::add))) {
      List<SeriesScore> scores = scores(feed(learner, hourly("a", values)));
      assertThat(scores).extracting(SeriesScore::drift).contains(0.0);
      assertThat(memory.get(580)).isEqualTo(20_000);
      assertThat(memory.subList(600, 700)).anyMatch(rows -> rows < 10_000);
      assertThat(memory.get(memory.size() - 1)).isEqualTo(20_000);
    }
  }

  /** Passes on how long the network's memory was set. */
  private static final class MemoryProbe implements ForecastNetwork {
    private final TensorNetwork network;
    private final DoubleConsumer memory;

    MemoryProbe(ComputeDevice device, FeatureLayout layout, DoubleConsumer memory) {
      network = new TensorNetwork(device, layout, 1);
      this.memory = memory;
    }

    @Override
    public void setMemory(double rows) {
      memory.accept(rows);
      network.setMemory(rows);
    }

    @Override
    public NetworkForecast learnThenPredict(List<MiniBatch> batches, float[] x, int rows) {
      return network.learnThenPredict(batches, x, rows);
    }

    @Override
    public long steps() {
      return network.steps();
    }

    @Override
    public PosteriorSummary summary() {
      return network.summary();
    }

    @Override
    public StateWriter save() {
      return network.save();
    }

    @Override
    public void restore(byte[] bytes) {
      network.restore(bytes);
    }

    @Override
    public void close() {
      network.close();
    }
  }

  @Test
  void joint_sample_paths_come_when_asked_for_and_survive_a_restore() {
    ForecastSettings asked = settings(12, 24).withPaths(20);
    List<ForecastInput> inputs = hourly("a", seasonal(120, 4));
    try (ForecastLearner live = ForecastLearner.create(asked, device);
        ForecastLearner restored = ForecastLearner.create(asked, device)) {
      List<SeriesForecast> forecasts = forecasts(feed(live, inputs.subList(0, 100)));
      assertThat(forecasts.get(5).paths()).isEmpty();
      SeriesForecast last = forecasts.get(forecasts.size() - 1);
      assertThat(last.paths()).hasDimensions(20, 12);
      for (int h = 0; h < 12; h++) {
        double median = last.quantiles()[h][10];
        int lead = h;
        assertThat(Arrays.stream(last.paths()).filter(p -> p[lead] <= median)).hasSize(10);
      }
      restored.restore(live.snapshot().changed());
      List<ForecastInput> more = inputs.subList(100, 120);
      assertThat(feed(restored, more).stream().map(o -> Streams.bits((Record) o)))
          .containsExactlyElementsOf(
              feed(live, more).stream().map(o -> Streams.bits((Record) o)).toList());
    }
  }

  @Test
  void a_season_that_no_calendar_knows_is_found_and_repeated() {
    double[] y = new double[700];
    Random random = new Random(5);
    for (int t = 0; t < y.length; t++) {
      y[t] = (t % 37 < 4 ? 20 : 0) + random.nextGaussian();
    }
    List<ForecastInput> inputs = new ArrayList<>();
    for (int t = 0; t < y.length; t++) {
      inputs.add(new Observation("odd", Streams.START + t * 250L, y[t]));
    }
    ForecastSettings inferred =
        new ForecastSettings(12, 24, Optional.empty(), Duration.ofHours(1), 64, 0, 0, 7);
    try (ForecastLearner learner = ForecastLearner.create(inferred, device)) {
      List<SeriesForecast> forecasts = forecasts(feed(learner, inputs));
      SeriesForecast last = forecasts.get(forecasts.size() - 1);
      int seasonal = List.of(last.expertNames()).indexOf("seasonal-naive");
      assertThat(last.expertWeights()[11][seasonal]).isGreaterThan(.02);
      assertThat(forecasts.get(20).expertWeights()[11][seasonal]).isZero();
      // 700 = 18 * 37 + 34: the next spike is 4 to 7 steps ahead.
      assertThat(last.quantiles()[5][10]).isGreaterThan(12);
      assertThat(last.quantiles()[9][10]).isLessThan(8);
    }
  }

  @Test
  void a_learner_restored_from_snapshots_and_journal_equals_the_live_one() {
    List<ForecastInput> inputs = interleaved(3, 150);
    Map<String, byte[]> entries = new HashMap<>();
    List<byte[]> journal = new ArrayList<>();
    try (ForecastLearner live = learner();
        ForecastLearner restored = learner()) {
      for (int i = 0; i < inputs.size(); i++) {
        journal.add(live.encode(inputs.get(i)));
        live.accept(inputs.get(i));
        if (i == 101 || i == 250) {
          entries.putAll(live.snapshot().changed());
          journal.clear();
        }
      }
      restored.restore(entries);
      for (byte[] entry : journal) {
        restored.accept(restored.decode(entry));
      }
      assertThat(restored.stateHash()).isEqualTo(live.stateHash());
      List<ForecastInput> more = hourly("s0", seasonal(170, 9)).subList(150, 170);
      assertThat(feed(restored, more).stream().map(o -> Streams.bits((Record) o)))
          .containsExactlyElementsOf(
              feed(live, more).stream().map(o -> Streams.bits((Record) o)).toList());
    }
  }

  @Test
  void a_snapshot_holds_only_the_series_that_changed() {
    try (ForecastLearner learner = learner()) {
      feed(learner, interleaved(3, 20));
      assertThat(learner.snapshot().changed())
          .containsKeys("learner", "posterior", "series/s0", "series/s1", "series/s2");
      learner.accept(new Observation("s1", Streams.START + 20 * Streams.HOUR, 1));
      assertThat(learner.snapshotBytes()).isPositive();
      assertThat(learner.snapshot().changed())
          .containsOnlyKeys("learner", "posterior", "series/s1");
    }
  }

  @Test
  void a_state_of_other_settings_is_refused() {
    try (ForecastLearner learner = learner();
        ForecastLearner other = ForecastLearner.create(settings(24, 24), device)) {
      feed(learner, hourly("a", seasonal(10, 1)));
      Map<String, byte[]> entries = learner.snapshot().changed();
      assertThatThrownBy(() -> other.restore(entries))
          .isInstanceOf(UnreadableStateException.class)
          .hasMessageContaining("horizon=12")
          .hasMessageContaining("horizon=24");
    }
  }

  @Test
  void a_batch_is_cut_when_every_known_series_is_in_it_or_the_timer_says_so() {
    try (ForecastLearner learner = learner()) {
      feed(learner, interleaved(3, 10));
      long next = Streams.START + 10 * Streams.HOUR;
      assertThat(learner.accept(new Observation("s0", next, 1))).isEmpty();
      assertThat(learner.awaitsCut()).isTrue();
      assertThat(learner.accept(new Observation("s1", next, 1))).isEmpty();
      assertThat(forecasts(learner.accept(new Observation("s2", next, 1))))
          .extracting(SeriesForecast::seriesId)
          .containsExactly("s0", "s1", "s2");
      assertThat(learner.awaitsCut()).isFalse();
      assertThat(learner.accept(new Observation("s0", next + Streams.HOUR, 1))).isEmpty();
      assertThat(forecasts(learner.accept(new BatchCut())))
          .extracting(SeriesForecast::seriesId)
          .containsExactly("s0");
    }
  }

  @Test
  void a_batch_never_holds_two_steps_of_one_series() {
    try (ForecastLearner learner = learner()) {
      feed(learner, interleaved(2, 10));
      long next = Streams.START + 10 * Streams.HOUR;
      assertThat(learner.accept(new Observation("s0", next, 1))).isEmpty();
      assertThat(forecasts(learner.accept(new Observation("s0", next + Streams.HOUR, 1))))
          .extracting(SeriesForecast::timestamp)
          .containsExactly(next);
    }
  }

  @Test
  void the_last_of_several_values_for_a_waiting_step_counts() {
    try (ForecastLearner learner = learner()) {
      feed(learner, interleaved(2, 10));
      long next = Streams.START + 10 * Streams.HOUR;
      learner.accept(new Observation("s0", next, 1));
      learner.accept(new Observation("s0", next, 33));
      List<SeriesScore> scores = scores(learner.accept(new BatchCut()));
      assertThat(scores).extracting(SeriesScore::truth).containsExactly(33.0);
    }
  }

  @Test
  void refusals_name_what_was_expected() {
    try (ForecastLearner learner = learner()) {
      feed(learner, hourly("pump-7", seasonal(40, 1)));
      assertRefused(learner, new Observation("pump-7", Streams.START, 1), "TOO_LATE", "'pump-7'");
      assertRefused(
          learner,
          new Observation("pump-7", Streams.START, Double.POSITIVE_INFINITY),
          "NON_FINITE_VALUE",
          "Infinity");
      assertRefused(learner, new Observation(" ", Streams.START, 1), "BAD_SERIES_ID", "blank");
      assertRefused(learner, new Observation("a", -5, 1), "IMPOSSIBLE_TIMESTAMP", "-5");
      assertRefused(
          learner,
          new Observation("a", Streams.START, 1, new double[3], new double[0][]),
          "WRONG_COVARIATES",
          "expected 0 covariates, got 3");
      assertRefused(
          learner,
          new Observation("a", Streams.START, 1, new double[0], new double[2][1]),
          "WRONG_KNOWN_FUTURE",
          "got 2");
      String before = learner.stateHash();
      assertThat(learner.check(new BatchCut())).isEmpty();
      assertThat(learner.stateHash()).isEqualTo(before);
    }
  }

  private static void assertRefused(
      ForecastLearner learner, Observation observation, String reason, String detail) {
    assertThat(learner.check(observation))
        .hasValueSatisfying(
            rejection -> {
              assertThat(rejection.reason()).isEqualTo(reason);
              assertThat(rejection.detail()).contains(detail);
            });
  }

  private static List<ForecastInput> interleaved(int series, int n) {
    List<ForecastInput> inputs = new ArrayList<>();
    for (int t = 0; t < n; t++) {
      for (int s = 0; s < series; s++) {
        double value = seasonal(n, s)[t];
        inputs.add(new Observation("s" + s, Streams.START + t * Streams.HOUR, value));
      }
    }
    return inputs;
  }
}
