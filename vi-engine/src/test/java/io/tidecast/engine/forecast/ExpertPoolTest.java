package io.tidecast.engine.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ExpertPoolTest {
  private final double[] weights = new double[3];

  @Test
  void starts_with_equal_weights() {
    new ExpertPool(2, 3).weights(0, -1, weights);
    assertThat(weights).containsExactly(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, within(1e-12));
  }

  @Test
  void follows_the_smaller_loss_for_each_lead_time() {
    ExpertPool pool = new ExpertPool(2, 3);
    for (int t = 0; t < 500; t++) {
      pool.reveal(0, new double[] {1, 1.5, 2});
      pool.reveal(1, new double[] {2, 1, 1.01});
    }
    pool.refresh();
    pool.weights(0, -1, weights);
    assertThat(weights[0]).isGreaterThan(.9);
    pool.refresh();
    pool.weights(1, -1, weights);
    assertThat(weights[1]).isBetween(.5, .95);
    assertThat(weights[0] + weights[1] + weights[2]).isCloseTo(1, within(1e-12));
  }

  @Test
  void one_outlier_does_not_decide() {
    ExpertPool pool = new ExpertPool(1, 2);
    for (int t = 0; t < 500; t++) {
      pool.reveal(0, new double[] {1, 1.2});
    }
    pool.reveal(0, new double[] {1e6, 1e5});
    double[] two = new double[2];
    pool.refresh();
    pool.weights(0, -1, two);
    assertThat(two[0]).isGreaterThan(.9);
  }

  @Test
  void an_expert_without_a_forecast_has_no_weight_and_starts_level_with_the_worst() {
    ExpertPool pool = new ExpertPool(1, 3);
    for (int t = 0; t < 100; t++) {
      pool.reveal(0, new double[] {1, Double.POSITIVE_INFINITY, 1.1});
    }
    pool.refresh();
    pool.weights(0, 1, weights);
    assertThat(weights[1]).isZero();
    pool.reveal(0, new double[] {1, 1, 1.1});
    pool.refresh();
    pool.weights(0, -1, weights);
    assertThat(weights[1]).isPositive().isLessThan(weights[0]);
  }

  @Test
  void experts_without_any_loss_share_the_weight() {
    ExpertPool pool = new ExpertPool(1, 3);
    for (int t = 0; t < 100; t++) {
      pool.reveal(0, new double[] {0, 0, 1e-9});
    }
    pool.refresh();
    pool.weights(0, -1, weights);
    assertThat(weights[0] + weights[1] + weights[2]).isCloseTo(1, within(1e-12));
    assertThat(weights[0]).isPositive();
  }
}
