package io.tidecast.engine.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidecast.engine.predict.Levels;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResidualSketchTest {
  private final float[] quantiles = new float[QuantileLevels.COUNT];

  @Test
  void is_the_standard_normal_before_the_first_residual() {
    new ResidualSketch(1).quantiles(0, quantiles, 0);
    assertThat(quantiles).isSorted();
    assertThat((double) quantiles[2]).isCloseTo(-1.28, within(.2));
    assertThat((double) quantiles[18]).isCloseTo(1.28, within(.2));
  }

  @Test
  void follows_the_quantiles_of_what_it_was_given() {
    ResidualSketch sketch = new ResidualSketch(2);
    Random random = new Random(3);
    for (int i = 0; i < 5_000; i++) {
      sketch.add(1, .5 * random.nextGaussian());
    }
    sketch.quantiles(1, quantiles, 0);
    for (int q = 1; q < QuantileLevels.COUNT - 1; q++) {
      double expected = .5 * QuantileLevels.normal(q);
      assertThat((double) quantiles[q]).isCloseTo(expected, within(.06));
    }
    assertThat(sketch.below(1, 0)).isCloseTo(.5, within(.05));
    assertThat(sketch.below(1, -100)).isCloseTo(0, within(.01));
  }

  @Test
  void residuals_of_exactly_zero_lie_within_every_band() {
    ResidualSketch sketch = new ResidualSketch(1);
    for (int i = 0; i < 2_000; i++) {
      sketch.add(0, 0);
    }
    sketch.quantiles(0, quantiles, 0);
    assertThat(quantiles[Levels.BAND50]).isNegative();
    assertThat((double) quantiles[QuantileLevels.MEDIAN]).isCloseTo(0, within(1e-6));
    assertThat(quantiles[QuantileLevels.COUNT - 1 - Levels.BAND50]).isPositive();
  }

  @Test
  void forgets_what_is_long_gone() {
    ResidualSketch sketch = new ResidualSketch(1);
    for (int i = 0; i < 20_000; i++) {
      sketch.add(0, -10);
    }
    for (int i = 0; i < 5_000; i++) {
      sketch.add(0, 10);
    }
    sketch.quantiles(0, quantiles, 0);
    assertThat((double) quantiles[0]).isGreaterThan(8);
  }

  @Test
  void goes_on_equally_after_a_restart() {
    ResidualSketch sketch = new ResidualSketch(3);
    Random random = new Random(4);
    for (int i = 0; i < 9_000; i++) {
      sketch.add(i % 3, random.nextGaussian());
    }
    byte[] bytes = sketch.save().toBytes();
    ResidualSketch restored =
        ResidualSketch.restored(
            3, new io.tidecast.engine.state.StateReader(ResidualSketch.KIND, 1, bytes));
    sketch.add(0, .7);
    restored.add(0, .7);
    assertThat(restored.save().toBytes()).isEqualTo(sketch.save().toBytes());
  }
}
