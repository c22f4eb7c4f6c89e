package io.tidecast.engine.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StateTest {

  private static StateWriter example() {
    return new StateWriter("example", 2)
        .putInt("int", -7)
        .putLong("long", Long.MIN_VALUE)
        .putDouble("double", Double.NaN)
        .putBoolean("boolean", true)
        .putString("string", "Gezeiten ≈ tides")
        .putBytes("bytes", new byte[] {1, -1})
        .putFloats("floats", new float[] {Float.MIN_VALUE, -0f, Float.NaN})
        .putDoubles("doubles", new double[] {Math.PI})
        .putInts("ints", new int[] {3, 2, 1})
        .putLongs("longs", new long[0])
        .putState("part", new StateWriter("part", 1).putInt("x", 5));
  }

  @Test
  void every_section_comes_back_as_it_was_written() {
    StateReader state = new StateReader("example", 2, example().toBytes());

    assertThat(state.version()).isEqualTo(2);
    assertThat(state.getInt("int")).isEqualTo(-7);
    assertThat(state.getLong("long")).isEqualTo(Long.MIN_VALUE);
    assertThat(state.getDouble("double")).isNaN();
    assertThat(state.getBoolean("boolean")).isTrue();
    assertThat(state.getString("string")).isEqualTo("Gezeiten ≈ tides");
    assertThat(state.getBytes("bytes")).containsExactly(1, -1);
    assertThat(state.getFloats("floats")).containsExactly(Float.MIN_VALUE, -0f, Float.NaN);
    assertThat(state.getDoubles("doubles")).containsExactly(Math.PI);
    assertThat(state.getInts("ints")).containsExactly(3, 2, 1);
    assertThat(state.getLongs("longs")).isEmpty();
    assertThat(state.getState("part", "part", 1).getInt("x")).isEqualTo(5);
  }

  @Test
  void an_older_version_loads_and_says_so() {
    byte[] old = new StateWriter("example", 1).putInt("int", 1).toBytes();
    assertThat(new StateReader("example", 3, old).version()).isEqualTo(1);
  }

  @Test
  void a_newer_version_is_refused_with_both_versions_named() {
    byte[] newer = new StateWriter("example", 4).toBytes();
    assertThatThrownBy(() -> new StateReader("example", 3, newer))
        .isInstanceOf(UnreadableStateException.class)
        .hasMessageContaining("version 4")
        .hasMessageContaining("up to 3");
  }

  @Test
  void another_kind_is_refused_by_name() {
    assertThatThrownBy(() -> new StateReader("pool", 2, example().toBytes()))
        .isInstanceOf(UnreadableStateException.class)
        .hasMessageContaining("'pool'")
        .hasMessageContaining("'example'");
  }

  @Test
  void a_flipped_bit_anywhere_or_a_lost_tail_is_noticed() {
    byte[] whole = example().toBytes();
    for (int i = 0; i < whole.length; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= 4;
      assertThatThrownBy(() -> new StateReader("example", 2, damaged))
          .isInstanceOf(UnreadableStateException.class);
      byte[] cut = java.util.Arrays.copyOf(whole, i);
      assertThatThrownBy(() -> new StateReader("example", 2, cut))
          .isInstanceOf(UnreadableStateException.class);
    }
  }

  @Test
  void a_missing_section_a_wrong_type_and_a_wrong_length_are_named() {
    StateReader state = new StateReader("example", 2, example().toBytes());
    assertThatThrownBy(() -> state.getInt("nowhere"))
        .isInstanceOf(UnreadableStateException.class)
        .hasMessageContaining("nowhere");
    assertThatThrownBy(() -> state.getInt("floats"))
        .isInstanceOf(UnreadableStateException.class)
        .hasMessageContaining("expected INT, found FLOATS");
    assertThatThrownBy(() -> state.getFloats("floats", 4))
        .isInstanceOf(UnreadableStateException.class)
        .hasMessageContaining("expected 4 numbers, found 3");
  }

  @Test
  void a_section_name_can_be_used_once() {
    assertThatThrownBy(() -> example().putInt("int", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'int'");
  }
}
