package io.tidecast.engine.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PosteriorSummaryTest {
  @Test
  void deviations_are_those_of_the_tenth_the_half_and_nine_tenths_of_the_weights() {
    float[] precision = new float[1000];
    for (int i = 0; i < precision.length; i++) {
      double sd = (i + 1) / 1000.0;
      precision[precision.length - 1 - i] = (float) (1 / (sd * sd));
    }
    PosteriorSummary.Weights w = PosteriorSummary.Weights.of(new float[1000], precision);
    assertThat(w.sd10()).isCloseTo(.1, within(.002));
    assertThat(w.sd50()).isCloseTo(.5, within(.002));
    assertThat(w.sd90()).isCloseTo(.9, within(.002));
    assertThat(w.certain()).isZero();
  }

  @Test
  void a_weight_is_certain_when_its_mean_is_two_deviations_from_zero() {
    float[] mean = new float[100];
    float[] precision = new float[100];
    Arrays.fill(precision, 4);
    Arrays.fill(mean, 0, 25, -1.1f);
    Arrays.fill(mean, 25, 100, .9f);
    assertThat(PosteriorSummary.Weights.of(mean, precision).certain()).isEqualTo(.25);
  }

  @Test
  void a_million_weights_are_told_by_a_sample_of_all_parts() {
    float[] precision = new float[1 << 20];
    for (int i = 0; i < precision.length; i++) {
      precision[i] = i % 2 == 0 ? 1 : 1e4f;
    }
    Arrays.fill(precision, 0, 1 << 19, 100);
    PosteriorSummary.Weights w = PosteriorSummary.Weights.of(new float[1 << 20], precision);
    assertThat(w.sd50()).isCloseTo(.1, within(1e-6));
  }
}
