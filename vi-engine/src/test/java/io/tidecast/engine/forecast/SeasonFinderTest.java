package io.tidecast.engine.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which seasons are found in generated series, and that none is seen where there is none. */
class SeasonFinderTest {

  @ParameterizedTest
  @ValueSource(ints = {7, 24, 37, 96, 300})
  void a_season_is_found_under_noise_and_trend(int season) {
    Random random = new Random(season);
    double[] y = new double[1_500];
    for (int t = 0; t < y.length; t++) {
      y[t] = 3 * Math.sin(2 * Math.PI * t / season) + random.nextGaussian() + .01 * t;
    }
    assertThat(new SeasonFinder(y).find()).isCloseTo(season, withinPercentage(3));
  }

  @Test
  void short_spikes_at_equal_distances_are_a_season() {
    double[] y = new double[600];
    for (int t = 0; t < y.length; t++) {
      y[t] = t % 50 < 5 ? 10 : 0;
    }
    assertThat(new SeasonFinder(y).find()).isEqualTo(50);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "0.7, 2", "0.95, 3", "1, 4", "1, 5", "1, 6"})
  void an_autoregression_or_a_random_walk_has_none(double memory, long seed) {
    Random random = new Random(seed);
    double[] y = new double[2_000];
    for (int t = 1; t < y.length; t++) {
      y[t] = memory * y[t - 1] + random.nextGaussian();
    }
    assertThat(new SeasonFinder(y).find()).isZero();
  }

  @Test
  void a_constant_or_a_short_series_has_none() {
    assertThat(new SeasonFinder(new double[500]).find()).isZero();
    assertThat(new SeasonFinder(new double[] {1, 2, 1, 2, 1, 2}).find()).isZero();
    assertThat(new SeasonFinder(new double[0]).at(0)).isNaN();
  }
}
