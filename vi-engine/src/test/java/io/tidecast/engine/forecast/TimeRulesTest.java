package io.tidecast.engine.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidecast.engine.forecast.ForecastInput.Observation;
import io.tidecast.engine.forecast.ForecastOutput.SeriesForecast;
import io.tidecast.engine.state.StateReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** The rules of docs/time.md, on arrivals of every kind. */
class TimeRulesTest {
  private static final long START = Streams.START;
  private static final long MINUTE = 60_000;
  private static final int CONTEXT = 8;
  private static final int LATE = 20;

  private static ForecastLearner learner(Optional<Duration> interval) {
    ForecastSettings settings =
        new ForecastSettings(2, CONTEXT, interval, Duration.ofMinutes(LATE), 64, 0, 0, 7);
    return new ForecastLearner(settings, FlatNetwork::new);
  }

  private static ForecastLearner everyMinute() {
    return learner(Optional.of(Duration.ofMinutes(1)));
  }

  /** Feeds what is good; nothing that is refused may leave a trace. */
  private static List<ForecastOutput> feedGood(ForecastLearner learner, List<Observation> inputs) {
    List<ForecastOutput> outputs = new ArrayList<>();
    for (Observation input : inputs) {
      if (learner.check(input).isEmpty()) {
        outputs.addAll(learner.accept(input));
      }
    }
    return outputs;
  }

  private static List<Long> times(List<ForecastOutput> outputs, String series) {
    return Streams.forecasts(outputs).stream()
        .filter(f -> f.seriesId().equals(series))
        .map(SeriesForecast::timestamp)
        .toList();
  }

  private static History kept(ForecastLearner learner, String series) {
    byte[] entry =
        Objects.requireNonNull(learner.snapshot().changed().get("series/" + series), series);
    int any = Integer.MAX_VALUE;
    StateReader model =
        new StateReader(SeriesState.KIND, any, entry).getState("model", SeriesModel.KIND, any);
    return History.restored(0, 0, model.getState("history", "history", any));
  }

  @Property(tries = 100, seed = "1")
  void each_series_is_on_a_grid_of_its_own(
      @ForAll @LongRange(min = 0, max = 3_600_000) long offset,
      @ForAll @IntRange(min = 1, max = 30) int minutes) {
    long step = customary(minutes) * MINUTE;
    List<Observation> inputs = new ArrayList<>();
    for (int t = 0; t < 40; t++) {
      inputs.add(new Observation("a", START + t * MINUTE, t));
      inputs.add(new Observation("b", START + offset + t * step, -t));
    }
    inputs.sort((x, y) -> Long.compare(x.timestamp(), y.timestamp()));
    try (ForecastLearner learner = learner(Optional.empty())) {
      List<ForecastOutput> outputs = new ArrayList<>(feedGood(learner, inputs));
      outputs.addAll(learner.accept(new ForecastInput.BatchCut()));
      for (SeriesForecast f : Streams.forecasts(outputs)) {
        boolean first = f.seriesId().equals("a");
        assertThat(f.intervalMillis()).isEqualTo(first ? MINUTE : step);
        assertThat(f.timestamp() - START - (first ? 0 : offset))
            .as("on its grid")
            .matches(behind -> behind % f.intervalMillis() == 0);
      }
      assertThat(times(outputs, "a")).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(30);
      assertThat(times(outputs, "b")).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(30);
    }
  }

  /**
   * Arrivals at irregular times, in any order within reach, with repetitions and missing values:
   * what is kept of each step is its last measurement, and a step without one is masked.
   */
  @Property(tries = 300, seed = "2")
  void the_last_measurement_nearest_to_a_step_counts_and_a_step_without_one_is_masked(
      @ForAll long seed, @ForAll @DoubleRange(min = 0, max = .49) double jitter) {
    Random random = new Random(seed);
    List<Observation> inputs = new ArrayList<>();
    inputs.add(new Observation("a", START, 0));
    inputs.add(new Observation("a", START + MINUTE, 1));
    int newest = 1;
    for (int i = 2; i < 150; i++) {
      int slot = random.nextInt(4) == 0 ? newest - random.nextInt(LATE - 2) : newest;
      newest += random.nextInt(3) == 0 ? 1 + random.nextInt(CONTEXT - 1) : 0;
      long off = (long) (jitter * MINUTE * (2 * random.nextDouble() - 1));
      double value = random.nextInt(5) == 0 ? Double.NaN : i;
      inputs.add(new Observation("a", START + Math.max(slot, 0) * MINUTE + off, value));
    }
    Map<Long, Double> last = new TreeMap<>();
    try (ForecastLearner learner = everyMinute()) {
      for (Observation input : inputs) {
        String before = learner.stateHash();
        if (learner.check(input).isPresent()) {
          assertThat(learner.stateHash()).as("refused without a trace").isEqualTo(before);
          continue;
        }
        if (!Double.isNaN(input.value())) {
          last.put(Math.floorDiv(input.timestamp() - START + MINUTE / 2, MINUTE), input.value());
        }
        learner.accept(input);
      }
      learner.accept(new ForecastInput.BatchCut());
      History history = kept(learner, "a");
      for (long slot = history.first(); slot <= history.last(); slot++) {
        assertThat(history.observed(slot)).as("slot %d", slot).isEqualTo(last.containsKey(slot));
        if (history.observed(slot)) {
          assertThat(history.value(slot)).as("slot %d", slot).isEqualTo(last.get(slot));
        }
      }
    }
  }

  @Property(tries = 200, seed = "3")
  void no_step_is_forecast_twice_or_out_of_order_whatever_arrives(@ForAll long seed) {
    Random random = new Random(seed);
    List<Observation> inputs = new ArrayList<>();
    long time = START;
    for (int i = 0; i < 200; i++) {
      time +=
          switch (random.nextInt(12)) {
            case 0 -> -random.nextInt(3_600_000);
            case 1 -> random.nextInt(1_000_000_000);
            case 2 -> 0;
            default -> random.nextInt(100_000);
          };
      double value = random.nextInt(6) == 0 ? Double.NaN : random.nextGaussian();
      inputs.add(new Observation("a", Math.max(0, time), value));
    }
    for (Optional<Duration> interval :
        List.of(Optional.<Duration>empty(), Optional.of(Duration.ofMinutes(1)))) {
      try (ForecastLearner learner = learner(interval)) {
        List<ForecastOutput> outputs = feedGood(learner, inputs);
        assertThat(times(outputs, "a")).isSorted().doesNotHaveDuplicates();
        for (SeriesForecast f : Streams.forecasts(outputs)) {
          assertThat(f.mean()).doesNotContain(Double.NaN);
          assertThat(f.quantiles()[0]).isSorted().doesNotContain(Double.NaN);
        }
      }
    }
  }

  @Property(tries = 100, seed = "4")
  void an_observation_is_late_beyond_the_limit_and_not_before(
      @ForAll @IntRange(min = 0, max = 2 * LATE) int minutes,
      @ForAll @LongRange(min = -1, max = 1) long off) {
    try (ForecastLearner learner = everyMinute()) {
      for (int t = 0; t < 60; t++) {
        learner.accept(new Observation("a", START + t * MINUTE, t));
      }
      long behind = minutes * MINUTE + off;
      Observation late = new Observation("a", START + 59 * MINUTE - behind, 1);
      assertThat(learner.check(late).map(r -> r.reason()))
          .isEqualTo(behind > LATE * MINUTE ? Optional.of("TOO_LATE") : Optional.<String>empty());
    }
  }

  /** Wrong clocks: single times far ahead, anywhere. */
  @Property(tries = 100, seed = "5")
  void times_that_leap_ahead_and_back_leave_no_trace(@ForAll long seed) {
    Random random = new Random(seed);
    List<Observation> right = new ArrayList<>();
    List<Observation> withWrong = new ArrayList<>();
    for (int t = 0; t < 100; t++) {
      Observation o = new Observation("a", START + t * MINUTE, Math.sin(t));
      right.add(o);
      withWrong.add(o);
      if (t < 99 && random.nextInt(4) == 0) {
        long ahead = LATE + 1 + (long) random.nextInt(10_000_000);
        withWrong.add(new Observation("a", START + (t + ahead) * MINUTE, 1e6));
      }
    }
    try (ForecastLearner one = everyMinute();
        ForecastLearner other = everyMinute()) {
      assertThat(feedGood(other, withWrong).stream().map(o -> Streams.bits((Record) o)))
          .isEqualTo(feedGood(one, right).stream().map(o -> Streams.bits((Record) o)).toList());
      assertThat(other.stateHash()).isEqualTo(one.stateHash());
    }
  }

  /** A clock that is set, or an outage: the times go on elsewhere. */
  @Property(tries = 100, seed = "6")
  void a_leap_that_the_next_observation_confirms_is_followed_and_costs_no_forecast(
      @ForAll @LongRange(min = LATE + 1, max = 50_000_000) long minutes) {
    List<Observation> inputs = new ArrayList<>();
    for (int t = 0; t < 40; t++) {
      long time = START + (t < 20 ? t : t + minutes) * MINUTE;
      inputs.add(new Observation("a", time, Math.sin(t)));
    }
    try (ForecastLearner learner = everyMinute()) {
      assertThat(inputs).allSatisfy(i -> assertThat(learner.check(i)).isEmpty());
      List<Long> times = times(feedGood(learner, inputs), "a");
      assertThat(times)
          .containsExactlyElementsOf(
              inputs.subList(2, 40).stream().map(Observation::timestamp).toList());
    }
  }

  @Property(tries = 100, seed = "7")
  void a_clock_set_back_is_refused_until_it_has_caught_up(
      @ForAll @IntRange(min = LATE + 1, max = 500) int minutes) {
    try (ForecastLearner learner = everyMinute()) {
      for (int t = 0; t < 600; t++) {
        learner.accept(new Observation("a", START + t * MINUTE, t));
      }
      for (int t = 600 - minutes; t < 620; t++) {
        Observation again = new Observation("a", START + t * MINUTE, t);
        boolean late = 599 - t > LATE;
        assertThat(learner.check(again).isPresent()).isEqualTo(late);
        if (!late) {
          learner.accept(again);
        }
      }
    }
  }

  @Property(tries = 200, seed = "8")
  void the_interval_is_found_from_the_first_observations_or_taken_as_configured(
      @ForAll @IntRange(min = 1, max = 30) int minutes,
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0, max = .02) double jitter) {
    Random random = new Random(seed);
    long step = customary(minutes) * MINUTE;
    List<Long> steps = new ArrayList<>(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L));
    // Of five, one may be missing, and they may come in any order.
    steps.remove(1 + random.nextInt(3));
    List<Long> first = new ArrayList<>(steps.subList(0, 5));
    Collections.shuffle(first, random);
    try (ForecastLearner inferring = learner(Optional.empty());
        ForecastLearner configured = learner(Optional.of(Duration.ofMillis(step / 2)))) {
      Map<Boolean, List<ForecastOutput>> outputs = new HashMap<>();
      for (boolean inferred : new boolean[] {true, false}) {
        ForecastLearner learner = inferred ? inferring : configured;
        List<ForecastOutput> all = new ArrayList<>();
        for (long t : inferred ? first : steps) {
          long off = (long) (jitter * step * (2 * random.nextDouble() - 1));
          Observation o = new Observation("a", START + t * step + off, t);
          if (learner.check(o).isEmpty()) {
            all.addAll(learner.accept(o));
          }
        }
        all.addAll(learner.accept(new Observation("a", START + 7 * step, 1)));
        all.addAll(learner.accept(new ForecastInput.BatchCut()));
        outputs.put(inferred, all);
      }
      if (6 * step < LATE * MINUTE) {
        assertThat(Streams.forecasts(Objects.requireNonNull(outputs.get(true))))
            .isNotEmpty()
            .allMatch(f -> f.intervalMillis() == step);
      }
      assertThat(Streams.forecasts(Objects.requireNonNull(outputs.get(false))))
          .isNotEmpty()
          .allMatch(f -> f.intervalMillis() == step / 2);
    }
  }

  private static int customary(int minutes) {
    int[] steps = {1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30};
    return steps[minutes % steps.length];
  }
}
