package io.tidecast.bench.supervised;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.DeviceChoice;
import io.tidecast.engine.network.NetworkSpec;
import io.tidecast.engine.supervised.FeatureSpec;
import io.tidecast.engine.supervised.SupervisedSettings;
import io.tidecast.engine.supervised.SupervisedSettings.Inputs;
import io.tidecast.engine.supervised.SupervisedSettings.Training;
import io.tidecast.engine.supervised.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.DoubleConsumer;
import org.junit.jupiter.api.Test;

class OodBenchmarkTest {
  private static final int SIDE = 8;

  /** Lying bars in the upper half (0) or the lower half (1); squares (2). */
  private static LabelledTable images(int n) {
    Random random = new Random(2);
    float[][] rows = new float[n][SIDE * SIDE];
    double[] labels = new double[n];
    for (int i = 0; i < n; i++) {
      int kind = random.nextInt(3);
      for (int p = 0; p < SIDE * SIDE; p++) {
        rows[i][p] = .2f * random.nextFloat();
      }
      int at = random.nextInt(4) + (kind == 1 ? 4 : 0);
      for (int k = 1; k < 7; k++) {
        rows[i][kind == 2 ? (2 + k % 3) * SIDE + 2 + k / 3 * 2 : at * SIDE + k] += 1;
      }
      labels[i] = kind;
    }
    return new LabelledTable(
        "bars",
        List.of(),
        Collections.nCopies(SIDE * SIDE, new FeatureSpec.Numeric()),
        rows,
        labels,
        new Task.Classification(3));
  }

  @Test
  void images_unlike_those_learned_are_told_by_the_uncertainty_of_their_predictions() {
    List<Double> progress = new ArrayList<>();
    List<OodResult> results =
        run(
            images(900),
            "conv(image=8x8, channels=8, kernel=3, hidden=16)",
            new Training(20, 8, 32, 500, 0, true),
            .015,
            List.of(3L),
            Set.of(2),
            progress::add);
    assertThat(results)
        .extracting(r -> r.model() + " " + r.unlike())
        .containsExactly(
            "tidecast withheld",
            "tidecast rotated",
            "tidecast noise",
            "adam withheld",
            "adam rotated",
            "adam noise",
            "adam-averaged withheld",
            "adam-averaged rotated",
            "adam-averaged noise");
    assertThat(results).allMatch(r -> r.accuracy() > .95, "the classes can be learned");
    assertThat(results.subList(0, 3)).allMatch(r -> r.entropy() > .9, "seen to be unlike");
    assertThat(results.get(0).n() + results.get(0).against()).isEqualTo(180);
    assertThat(progress).isSorted();
  }

  @Test
  void each_seed_learns_once_and_without_withheld_classes_there_are_turned_images_and_noise() {
    List<OodResult> results = brief(images(100), List.of(3L, 4L), Set.of());
    assertThat(results)
        .extracting(r -> r.seed() + " " + r.unlike())
        .containsExactly(
            "3 rotated",
            "3 noise",
            "3 rotated",
            "3 noise",
            "4 rotated",
            "4 noise",
            "4 rotated",
            "4 noise");
    assertThat(results.get(0).entropy()).isNotEqualTo(results.get(4).entropy());
  }

  @Test
  void a_withheld_class_without_rows_is_refused() {
    assertThatThrownBy(() -> brief(images(50), List.of(3L), Set.of(7)))
        .hasMessageContaining("got 0 and 10");
  }

  private static List<OodResult> brief(
      LabelledTable images, List<Long> seeds, Set<Integer> withheld) {
    String network = "mlp(hidden=8, activation=relu, skip=none)";
    Training training = new Training(20, 2, 16, 100, 0, true);
    return run(images, network, training, 1, seeds, withheld, share -> {});
  }

  private static List<OodResult> run(
      LabelledTable images,
      String network,
      Training training,
      double averaging,
      List<Long> seeds,
      Set<Integer> withheld,
      DoubleConsumer progress) {
    SupervisedSettings recipe =
        SupervisedSettings.images(
            new Task.Classification(3), Inputs.image(SIDE, SIDE), NetworkSpec.parse(network), 3);
    SupervisedSettings settings =
        recipe.withTraining(training).withLearning(recipe.learning().withAveraging(averaging));
    try (ComputeDevice device = ComputeDevice.open(DeviceChoice.CPU, false)) {
      return OodBenchmark.run(images, settings, seeds, withheld, device, progress);
    }
  }

  @Test
  void the_area_counts_pairs_in_the_right_order_and_ties_half() {
    assertThat(Auroc.of(new double[] {2, 3}, new double[] {0, 1})).isEqualTo(1);
    assertThat(Auroc.of(new double[] {0, 1}, new double[] {2, 3})).isEqualTo(0);
    assertThat(Auroc.of(new double[] {1, 3}, new double[] {1, 2})).isEqualTo(.625);
    assertThat(Auroc.of(new double[] {1, 1}, new double[] {1})).isEqualTo(.5);
  }

  @Test
  void a_quarter_turn_moves_rows_to_columns_within_each_channel() {
    List<float[]> turned =
        UnlikeImages.turned(List.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8}), List.of(2, 2, 2));
    assertThat(turned.get(0)).containsExactly(2, 4, 1, 3, 6, 8, 5, 7);
    assertThatThrownBy(() -> UnlikeImages.turned(List.of(), List.of(2, 3)))
        .hasMessageContaining("square");
  }
}
