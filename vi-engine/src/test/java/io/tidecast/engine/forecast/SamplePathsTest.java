package io.tidecast.engine.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidecast.engine.predict.Levels;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Paths have the published quantiles at each lead time, and hang together like past errors. */
class SamplePathsTest {
  private static final int LEADS = 4;
  private static final int COUNT = 40;

  private final float[] quantiles = new float[LEADS * QuantileLevels.COUNT];
  private final int[] rows = new int[LEADS];

  SamplePathsTest() {
    for (int lead = 0; lead < LEADS; lead++) {
      rows[lead] = lead * QuantileLevels.COUNT;
      QuantileLevels.student5(lead, 1 + lead, quantiles, rows[lead]);
    }
  }

  @Test
  void at_each_lead_time_the_values_are_spread_over_the_published_quantiles() {
    double[][] paths = learned(new Random(1), false).draw(200, quantiles, rows);
    assertThat(paths).hasDimensions(COUNT, LEADS);
    for (int lead = 0; lead < LEADS; lead++) {
      for (int q = 0; q < QuantileLevels.COUNT; q++) {
        int of = lead;
        float bound = quantiles[rows[lead] + q];
        double below = Arrays.stream(paths).filter(path -> path[of] <= bound).count();
        assertThat(below / COUNT).isCloseTo(Levels.level(q), within(1.0 / COUNT));
      }
    }
  }

  @Test
  void errors_that_went_together_go_together() {
    double[][] together = learned(new Random(2), true).draw(200, quantiles, rows);
    double[][] apart = learned(new Random(2), false).draw(200, quantiles, rows);
    assertThat(agreement(together)).isEqualTo(COUNT);
    assertThat(agreement(apart)).isLessThan(COUNT * 3 / 4);
  }

  @Test
  void before_as_many_forecasts_were_completed_there_are_fewer_paths() {
    SamplePaths paths = new SamplePaths(COUNT, LEADS);
    assertThat(paths.draw(0, quantiles, rows)).isEmpty();
    for (long slot = 0; slot < 10; slot++) {
      paths.open(slot);
    }
    assertThat(paths.draw(9, quantiles, rows)).hasDimensions(6, LEADS);
    assertThat(new SamplePaths(0, LEADS).draw(9, quantiles, rows)).isEmpty();
  }

  @Test
  void the_quantile_function_undoes_the_transform() {
    for (double level : new double[] {.001, .025, .2, .5, .83, .975, .999}) {
      double value = QuantileLevels.quantile(quantiles, rows[2], level);
      assertThat(QuantileLevels.pit(quantiles, rows[2], value)).isCloseTo(level, within(1e-6));
    }
  }

  /** Paths on the same side of the median at the first and the last lead time. */
  private long agreement(double[][] paths) {
    return Arrays.stream(paths)
        .filter(path -> (path[0] > 0) == (path[LEADS - 1] > LEADS - 1))
        .count();
  }

  private static SamplePaths learned(Random random, boolean together) {
    SamplePaths paths = new SamplePaths(COUNT, LEADS);
    for (long slot = 0; slot <= 200; slot++) {
      paths.open(slot);
      double shared = random.nextDouble();
      for (int lead = 0; lead < LEADS; lead++) {
        paths.reveal(lead, slot, together ? shared : random.nextDouble());
      }
    }
    return paths;
  }
}
