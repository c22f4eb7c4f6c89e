package io.tidecast.engine.posterior;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ProximalRootTest {
  private final SplittableRandom random = new SplittableRandom(4);

  @Test
  void the_root_is_positive_and_stationary_for_any_curvature() {
    for (int i = 0; i < 100_000; i++) {
      double h = random.nextDouble(-1e3, 1e3);
      double kappa = Math.exp(random.nextDouble(Math.log(.01), Math.log(1e4)));
      double root = ProximalRoot.of(h, kappa);
      double gradient = root - h + kappa - kappa / root;
      double size = Math.max(Math.abs(root), Math.max(Math.abs(h), kappa + kappa / root));

      assertThat(root).isPositive();
      assertThat(gradient / size).as("h %s, kappa %s", h, kappa).isBetween(-1e-12, 1e-12);
    }
  }

  @Test
  void the_scripts_float32_form_agrees_within_their_limits_of_curvature() {
    for (int i = 0; i < 100_000; i++) {
      double kappa = Math.exp(random.nextDouble(Math.log(19), Math.log(1e6)));
      double h = random.nextDouble(-kappa / 2, kappa / 2);
      float w = (float) (1 / kappa);
      float c = .5f - .5f * w - .5f * w * (float) (h - 1);
      float root = 1 / (c + (float) Math.sqrt(c * c + w));

      assertThat(root / ProximalRoot.of(h, kappa)).isBetween(1 - 1e-4, 1 + 1e-4);
    }
  }
}
