package io.tidecast.engine.supervised;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharpnessTest {
  private static final int CLASSES = 4;

  private final Random random = new Random(5);
  private final Sharpness sharpness = new Sharpness();

  /** Labels follow some probabilities; the pool says those to the power of 1 / bluntness. */
  private void feed(double bluntness, int labels) {
    for (int i = 0; i < labels; i++) {
      double[] truth = new double[CLASSES];
      double sum = 0;
      for (int c = 0; c < CLASSES; c++) {
        truth[c] = Math.exp(2 * random.nextGaussian());
        sum += truth[c];
      }
      double at = random.nextDouble() * sum;
      int label = 0;
      while (label < CLASSES - 1 && at > truth[label]) {
        at -= truth[label++];
      }
      double[] said = new double[CLASSES];
      for (int c = 0; c < CLASSES; c++) {
        said[c] = Math.pow(truth[c] / sum, 1 / bluntness);
      }
      sharpness.learn(sharpness.raise(said), label);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {.5, 1, 2})
  void the_power_undoes_what_the_pool_says_too_bluntly_or_too_sharply(double bluntness) {
    feed(bluntness, 4000);
    assertThat(Math.log(sharpness.power() / bluntness)).isCloseTo(0, within(.15));
  }

  @Test
  void it_follows_a_pool_that_changes() {
    feed(2, 3000);
    feed(1, 3000);
    assertThat(sharpness.power()).isBetween(.85, 1.15);
  }

  @Test
  void raised_probabilities_stay_probabilities_however_surprising_the_labels_are() {
    double[] p = {1e-4, 1 - 3e-4, 1e-4, 1e-4};
    for (int i = 0; i < 2000; i++) {
      double[] raised = sharpness.raise(p);
      assertThat(raised[0] + raised[1] + raised[2] + raised[3]).isCloseTo(1, within(1e-12));
      sharpness.learn(raised, i % 2);
    }
    assertThat(sharpness.power()).isBetween(.25, .3);
  }

  @Test
  void it_survives_a_restart_and_starts_at_one_in_a_state_from_before() {
    feed(2, 500);
    StateWriter out = new StateWriter("test", 1);
    sharpness.saveTo(out);
    Sharpness resumed = new Sharpness();
    resumed.restore(new StateReader("test", 1, out.toBytes()));
    assertThat(resumed.power()).isEqualTo(sharpness.power());

    Sharpness older = new Sharpness();
    older.restore(new StateReader("test", 1, new StateWriter("test", 1).toBytes()));
    assertThat(older.power()).isEqualTo(1);
  }
}
