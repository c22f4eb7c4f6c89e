package io.tidecast.engine.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidecast.engine.forecast.ForecastInput.BatchCut;
import io.tidecast.engine.forecast.ForecastInput.Observation;
import io.tidecast.engine.state.UnreadableStateException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class InputCodecTest {
  @Property
  void what_is_decoded_equals_what_was_encoded(
      @ForAll @StringLength(max = 40) String id,
      @ForAll long timestamp,
      @ForAll double value,
      @ForAll @Size(max = 5) double[] covariates,
      @ForAll @IntRange(max = 3) int rows,
      @ForAll @IntRange(min = 1, max = 3) int columns) {
    double[][] future = new double[rows][columns];
    for (double[] row : future) {
      Arrays.fill(row, value);
    }
    Observation observation = new Observation(id, timestamp, value, covariates, future);
    assertThat(InputCodec.decode(InputCodec.encode(observation))).isEqualTo(observation);
  }

  @Test
  void a_missing_value_and_a_cut_survive() {
    Observation missing = new Observation("a", 5, Double.NaN);
    assertThat(InputCodec.decode(InputCodec.encode(missing))).isEqualTo(missing);
    assertThat(InputCodec.decode(InputCodec.encode(new BatchCut()))).isEqualTo(new BatchCut());
  }

  @Test
  void damaged_and_newer_bytes_are_refused() {
    byte[] good = InputCodec.encode(new Observation("a", 5, 1));
    assertThatThrownBy(() -> InputCodec.decode(Arrays.copyOf(good, good.length - 1)))
        .isInstanceOf(UnreadableStateException.class)
        .hasMessageContaining("damaged");
    assertThatThrownBy(() -> InputCodec.decode(Arrays.copyOf(good, good.length + 1)))
        .isInstanceOf(UnreadableStateException.class)
        .hasMessageContaining("behind its end");
    byte[] newer = good.clone();
    newer[0] = 9;
    assertThatThrownBy(() -> InputCodec.decode(newer))
        .isInstanceOf(UnreadableStateException.class)
        .hasMessageContaining("newer");
  }
}
