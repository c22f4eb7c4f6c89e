package io.tidecast.engine.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FeaturesTest {
  private static final float[] NONE = {};

  @Test
  void lags_reach_the_context_in_single_steps_and_then_in_means() {
    FeatureLayout layout = FeatureLayout.of(Streams.settings(24, 96), 1);
    assertThat(layout.lags()).isEqualTo(47);
    assertThat(layout.pooledLags()).isEqualTo(8);
    assertThat(layout.singles()).isEqualTo(48);
    assertThat(layout.reach()).isEqualTo(96);
    assertThat(layout.size()).isEqualTo(1 + 47 + 8 + 24 + 11 + 1);
  }

  @Test
  void seasons_follow_from_the_interval() {
    assertThat(Seasons.customary(Duration.ofHours(1).toMillis())).containsExactly(24, 168);
    assertThat(Seasons.customary(Duration.ofMinutes(5).toMillis())).containsExactly(288, 2016);
    assertThat(Seasons.customary(Duration.ofMinutes(1).toMillis())).containsExactly(1440);
    assertThat(Seasons.customary(Duration.ofDays(1).toMillis())).containsExactly(7);
    assertThat(Seasons.customary(Duration.ofDays(7).toMillis())).containsExactly(52);
    assertThat(Seasons.customary(200)).isEmpty();
  }

  @Test
  void a_season_is_repeated_in_whole_seasons_that_are_known() {
    Seasons seasons = new Seasons(24, new int[0]);
    assertThat(seasons.repeated(0, 100)).isEqualTo(77);
    assertThat(seasons.repeated(23, 100)).isEqualTo(100);
    assertThat(seasons.repeated(24, 100)).isEqualTo(77);
  }

  @Test
  void a_row_is_relative_to_its_origin_and_blind_to_what_comes_after() {
    FeatureLayout layout = FeatureLayout.of(Streams.settings(3, 4), 1);
    Features features = new Features(layout);
    Seasons seasons = new Seasons(5, new int[] {5});
    History history = new History(0, 0);
    for (int t = 0; t < 12; t++) {
      history.append(10 + t, true, 2, .5f, 1, NONE, NONE, 100);
    }
    float[] row = new float[layout.size()];
    features.write(history, seasons, 8, Streams.START, row, 0);
    assertThat(Arrays.copyOf(row, 7)).containsExactly(.5f, -.5f, -1, -1.5f, -2, -1.5f, -1);
    assertThat(row[row.length - 1]).isEqualTo(1);
    History shorter = new History(0, 0);
    for (int t = 0; t < 9; t++) {
      shorter.append(10 + t, true, 2, .5f, 1, NONE, NONE, 100);
    }
    float[] same = new float[layout.size()];
    features.write(shorter, seasons, 8, Streams.START, same, 0);
    assertThat(same).containsExactly(row);
  }

  @Test
  void the_calendar_knows_day_week_and_weekend() {
    float[] saturday = new float[Calendar.SIZE];
    Calendar.write(Instant.parse("2024-01-06T06:00:00Z").toEpochMilli(), saturday, 0);
    assertThat((double) saturday[0]).isCloseTo(1, within(1e-6));
    assertThat((double) saturday[1]).isCloseTo(0, within(1e-6));
    assertThat((double) saturday[2]).isCloseTo(0, within(1e-6));
    assertThat(saturday[10]).isEqualTo(1);
    float[] friday = new float[Calendar.SIZE];
    Calendar.write(Instant.parse("2024-01-05T23:59:59Z").toEpochMilli(), friday, 0);
    assertThat(friday[10]).isZero();
  }
}
