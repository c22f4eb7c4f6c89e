package io.tidecast.engine.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidecast.engine.state.StateReader;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final float[] NONE = {};

  @Property(tries = 100)
  void keeps_the_last_steps_whatever_the_limit(
      @ForAll @IntRange(min = 1, max = 700) int n,
      @ForAll @IntRange(min = 1, max = 300) int limit) {
    History history = new History(0, 0);
    for (int t = 0; t < n; t++) {
      append(history, t, limit);
    }
    assertThat(history.last()).isEqualTo(n - 1);
    assertThat(history.size()).isEqualTo(Math.min(n, limit));
    for (long slot = history.first(); slot <= history.last(); slot++) {
      assertThat(history.value(slot)).isEqualTo((double) slot);
      assertThat(history.level(slot)).isEqualTo(slot / 2f);
    }
    History restored =
        History.restored(0, 0, new StateReader("history", 1, history.save().toBytes()));
    append(history, n, limit);
    append(restored, n, limit);
    assertThat(restored.save().toBytes()).isEqualTo(history.save().toBytes());
  }

  @Test
  void a_late_value_also_stands_in_for_the_missing_steps_after_it() {
    History history = new History(0, 0);
    append(history, 1, 100);
    for (int i = 0; i < 3; i++) {
      history.append(1, false, 1, 0, 1, NONE, NONE, 100);
    }
    append(history, 9, 100);
    history.amend(2, 5);
    assertThat(history.value(1)).isEqualTo(1);
    assertThat(history.observed(1)).isFalse();
    assertThat(history.value(2)).isEqualTo(5);
    assertThat(history.observed(2)).isTrue();
    assertThat(history.value(3)).isEqualTo(5);
    assertThat(history.value(4)).isEqualTo(9);
  }

  @Test
  void differences_are_zero_where_nothing_is_kept() {
    History history = new History(0, 0);
    for (int t = 0; t < 10; t++) {
      append(history, t, 5);
    }
    float[] out = new float[4];
    history.differences(6, -1, 4, 9, 2, 8, out, 0);
    assertThat(out).containsExactly(-1.5f, -2, 0, 0);
  }

  @Test
  void a_restart_forgets_and_counts_on() {
    History history = new History(0, 0);
    append(history, 1, 100);
    history.restart(50);
    assertThat(history.size()).isZero();
    append(history, 2, 100);
    assertThat(history.first()).isEqualTo(50);
    assertThat(history.last()).isEqualTo(50);
  }

  private static void append(History history, double value, int limit) {
    history.append(value, true, 1, (float) (value / 2), 1, NONE, NONE, limit);
  }
}
