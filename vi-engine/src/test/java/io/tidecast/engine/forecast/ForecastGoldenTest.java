package io.tidecast.engine.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.DeviceChoice;
import io.tidecast.engine.forecast.ForecastInput.BatchCut;
import io.tidecast.engine.forecast.ForecastInput.Observation;
import io.tidecast.engine.forecast.ForecastOutput.SeriesForecast;
import io.tidecast.engine.state.Golden;
import io.tidecast.engine.state.UnreadableStateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** States of forecast learners as each released form of them was written. */
class ForecastGoldenTest {
  private static final String NEWEST = "forecast-3";
  private static final int STEPS = 60;

  private static ForecastLearner learner(ComputeDevice device) {
    return ForecastLearner.create(
        new ForecastSettings(
            2, 4, Optional.of(Duration.ofHours(1)), Duration.ofHours(3), 64, 1, 0, 7),
        device);
  }

  private static Observation observation(String series, int step) {
    return new Observation(
        series,
        Streams.START + step * Streams.HOUR,
        series.equals("a") ? Math.sin(step / 4.0) : step % 7,
        new double[] {step % 24},
        new double[0][]);
  }

  /** Two series, an open mini-batch, and a leap that waits. */
  private static void feed(ForecastLearner learner) {
    for (int t = 0; t < STEPS; t++) {
      learner.accept(observation("a", t));
      learner.accept(observation("b", t));
    }
    learner.accept(observation("a", STEPS));
    learner.accept(observation("b", STEPS + 1_000));
  }

  @ParameterizedTest
  @ValueSource(strings = {"forecast-2", NEWEST})
  void a_state_of_each_version_is_taken_over_and_goes_on(String name) {
    try (ComputeDevice device = ComputeDevice.open(DeviceChoice.CPU, false);
        ForecastLearner restored = learner(device)) {
      restored.restore(Golden.read(name));
      assertThat(restored.awaitsCut()).isTrue();
      List<ForecastOutput> outputs = new ArrayList<>(restored.accept(new BatchCut()));
      outputs.addAll(restored.accept(observation("b", STEPS + 1_001)));
      outputs.addAll(restored.accept(new BatchCut()));

      List<SeriesForecast> forecasts = Streams.forecasts(outputs);
      assertThat(forecasts)
          .extracting(SeriesForecast::seriesId, f -> (f.timestamp() - Streams.START) / Streams.HOUR)
          .contains(tuple("a", (long) STEPS), tuple("b", STEPS + 1_000L));
      SeriesForecast first = forecasts.get(0);
      assertThat(first.observationsSeen()).isEqualTo(STEPS + 1);
      assertThat(first.step()).isGreaterThan(STEPS);
      assertThat(first.quantiles()[0][10]).as("median of a sine").isBetween(-2.0, 2.0);
    }
  }

  @Test
  void a_change_of_format_raises_a_version() {
    try (ComputeDevice device = ComputeDevice.open(DeviceChoice.CPU, false);
        ForecastLearner learner = learner(device)) {
      feed(learner);
      Map<String, byte[]> now = learner.snapshot().changed();
      Golden.writeIfAsked(NEWEST, now);
      Golden.requireSameFormat(NEWEST, now);
    }
  }

  @Test
  void a_newer_state_is_refused_by_name() {
    Map<String, byte[]> entries = Golden.read(NEWEST);
    Map<String, String> kinds =
        Map.of(
            "learner", "forecast-learner", "posterior", "forecast-network", "series/a", "series");
    kinds.forEach(
        (entry, kind) -> {
          Map<String, byte[]> newer = new TreeMap<>(entries);
          newer.computeIfPresent(entry, (name, bytes) -> Golden.newer(kind, bytes));
          try (ComputeDevice device = ComputeDevice.open(DeviceChoice.CPU, false);
              ForecastLearner learner = learner(device)) {
            assertThatThrownBy(() -> learner.restore(newer))
                .isInstanceOf(UnreadableStateException.class)
                .hasMessageContaining("'" + kind + "'")
                .hasMessageContaining("use a newer Tidecast");
          }
        });
  }

  @Test
  void a_journal_entry_of_each_version_is_read() {
    byte[] first =
        HexFormat.of()
            .parseHex("01010001610000018cc251f4003ff80000000000000001400800000000000000000000");
    assertThat(InputCodec.decode(first))
        .isEqualTo(
            new Observation("a", 1_704_067_200_000L, 1.5, new double[] {3}, new double[0][]));
    assertThat(InputCodec.decode(new byte[] {1, 0})).isEqualTo(new BatchCut());
    byte[] newer = first.clone();
    newer[0] = 99;
    assertThatThrownBy(() -> InputCodec.decode(newer))
        .isInstanceOf(UnreadableStateException.class)
        .hasMessageContaining("version 99");
  }
}
