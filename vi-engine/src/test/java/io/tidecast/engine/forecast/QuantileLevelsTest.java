package io.tidecast.engine.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidecast.engine.predict.Levels;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuantileLevelsTest {
  private final float[] normal = normal(0, 1);

  @Test
  void weights_are_the_shares_of_the_unit_interval() {
    double sum = 0;
    for (int q = 0; q < QuantileLevels.COUNT; q++) {
      sum += Levels.weight(q);
    }
    assertThat(sum).isCloseTo(1, within(1e-12));
    assertThat(Levels.weight(0)).isCloseTo(.0375, within(1e-12));
  }

  @Test
  void the_quadrature_is_near_the_closed_form_for_a_normal() {
    Random random = new Random(1);
    double quadrature = 0;
    double closed = 0;
    int n = 20_000;
    for (int i = 0; i < n; i++) {
      double y = random.nextGaussian();
      quadrature += QuantileLevels.crps(normal, 0, y) / n;
      closed += crpsOfStandardNormal(y) / n;
    }
    assertThat(quadrature).isCloseTo(closed, within(.01 * closed));
  }

  @Test
  void pit_is_the_level_at_each_quantile_and_uniform_in_the_tails() {
    for (int q = 0; q < QuantileLevels.COUNT; q++) {
      assertThat(QuantileLevels.pit(normal, 0, normal[q])).isCloseTo(Levels.level(q), within(1e-6));
    }
    assertThat(QuantileLevels.pit(normal, 0, -50)).isBetween(0.0, 1e-9);
    assertThat(QuantileLevels.pit(normal, 0, 50)).isBetween(1 - 1e-9, 1.0);
  }

  @Test
  void the_density_integrates_to_one() {
    double mass = 0;
    double step = .001;
    for (double y = -20; y < 20; y += step) {
      mass += step * Math.exp(QuantileLevels.logDensity(normal, 0, y));
    }
    assertThat(mass).isCloseTo(1, within(.002));
  }

  @Test
  void quantiles_that_fall_together_still_give_finite_scores() {
    float[] point = new float[QuantileLevels.COUNT];
    assertThat(QuantileLevels.logDensity(point, 0, 0)).isFinite();
    assertThat(QuantileLevels.logDensity(point, 0, 5)).isFinite();
    assertThat(QuantileLevels.pit(point, 0, 0)).isBetween(0.0, 1.0);
    assertThat(QuantileLevels.inside(point, 0, 0, Levels.BAND50)).isTrue();
    assertThat(QuantileLevels.inside(point, 0, .1, Levels.BAND95)).isFalse();
  }

  static float[] normal(double location, double scale) {
    float[] quantiles = new float[QuantileLevels.COUNT];
    for (int q = 0; q < quantiles.length; q++) {
      quantiles[q] = (float) (location + scale * QuantileLevels.normal(q));
    }
    return quantiles;
  }

  /** Gneiting and Raftery 2007, eq. 21; error function by its series. */
  private static double crpsOfStandardNormal(double y) {
    double density = Math.exp(-y * y / 2) / Math.sqrt(2 * Math.PI);
    double term = y;
    double sum = y;
    for (int k = 1; k < 200; k++) {
      term *= y * y / (2 * k + 1);
      sum += term;
    }
    double cdf = .5 + density * sum;
    return y * (2 * cdf - 1) + 2 * density - 1 / Math.sqrt(Math.PI);
  }
}
