package io.tidecast.engine.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidecast.engine.predict.Levels;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BandTrackingTest {
  @Test
  void brings_bands_of_the_wrong_width_to_their_coverage() {
    for (double width : new double[] {.4, 2.5}) {
      BandTracking tracking = new BandTracking(1);
      Random random = new Random(5);
      int inside = 0;
      for (int t = 0; t < 20_000; t++) {
        float[] quantiles = QuantileLevelsTest.normal(0, width);
        tracking.apply(0, quantiles, 0);
        double truth = random.nextGaussian();
        if (t >= 10_000 && QuantileLevels.inside(quantiles, 0, truth, Levels.BAND90)) {
          inside++;
        }
        tracking.reveal(0, quantiles, 0, truth);
      }
      assertThat(inside / 10_000.0).isCloseTo(.9, within(.012));
    }
  }

  @Test
  void leaves_the_median_alone_and_the_quantiles_ascending() {
    BandTracking tracking = new BandTracking(2);
    Random random = new Random(6);
    for (int t = 0; t < 500; t++) {
      float[] quantiles = QuantileLevelsTest.normal(1, 1);
      tracking.apply(1, quantiles, 0);
      assertThat(quantiles).isSorted();
      tracking.reveal(1, quantiles, 0, random.nextInt(4));
    }
    float[] quantiles = QuantileLevelsTest.normal(7, 1);
    tracking.apply(1, quantiles, 0);
    assertThat(quantiles).contains(7f);
  }
}
