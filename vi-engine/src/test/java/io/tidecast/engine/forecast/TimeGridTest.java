package io.tidecast.engine.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TimeGridTest {
  private static final long START = Streams.START;

  @Test
  void an_interval_is_the_median_difference_and_a_customary_one_near_it() {
    assertThat(inferred(0, 3_600_000, 7_200_000, 18_000_000, 21_600_000)).isEqualTo(3_600_000);
    assertThat(inferred(0, 203, 399, 604, 801)).isEqualTo(200);
    assertThat(inferred(0, 7_000, 14_000, 21_000, 28_000)).isEqualTo(7_000);
    assertThat(inferred(0, 905_000, 1_795_000, 2_700_000, 3_600_000)).isEqualTo(900_000);
  }

  private static long inferred(long... offsets) {
    long[] times = new long[offsets.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = START + offsets[i];
    }
    return TimeGrid.inferred(times).interval();
  }

  @Property
  void an_exact_grid_maps_step_to_slot_and_back(
      @ForAll @LongRange(min = 1, max = 604_800_000) long interval,
      @ForAll @IntRange(min = 0, max = 5_000) int step) {
    TimeGrid grid = TimeGrid.configured(Duration.ofMillis(interval), START);
    grid.advanceTo(START + step * interval);
    assertThat(grid.slot()).isEqualTo(step);
    assertThat(grid.timeOf(step)).isEqualTo(START + step * interval);
    assertThat(grid.timeOf(0)).isEqualTo(START);
    assertThat(grid.slotOf(START)).isZero();
  }

  @Property(tries = 200)
  void jitter_neither_loses_nor_doubles_a_step(
      @ForAll long seed, @ForAll @DoubleRange(min = 0, max = .25) double jitter) {
    java.util.Random random = new java.util.Random(seed);
    long[] first = new long[5];
    for (int i = 0; i < 5; i++) {
      first[i] = START + i * 200L;
    }
    TimeGrid grid = TimeGrid.inferred(first);
    for (int step = 1; step < 2_000; step++) {
      double off = jitter * (2 * random.nextDouble() - 1);
      grid.advanceTo(START + (long) ((step + off) * 200));
      assertThat(grid.slot()).isEqualTo(step);
    }
  }

  @Test
  void an_interval_that_is_slightly_off_does_not_add_up() {
    TimeGrid grid = TimeGrid.of(1_000, true, 0, (double) START);
    for (int step = 1; step < 10_000; step++) {
      grid.advanceTo(START + 1_020L * step);
      assertThat(grid.slot()).isEqualTo(step);
    }
  }

  @Test
  void a_gap_is_counted_in_steps() {
    TimeGrid grid = TimeGrid.configured(Duration.ofMinutes(5), START);
    grid.advanceTo(START + Duration.ofMinutes(60).toMillis());
    assertThat(grid.slot()).isEqualTo(12);
  }

  @Test
  void an_older_time_does_not_move_the_grid() {
    TimeGrid grid = TimeGrid.configured(Duration.ofMinutes(5), START);
    grid.advanceTo(START + 3_000_000);
    grid.advanceTo(START);
    assertThat(grid.slot()).isEqualTo(10);
    assertThat(grid.slotOf(START + 600_000)).isEqualTo(2);
  }
}
