package io.tidecast.engine.supervised;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidecast.engine.supervised.SupervisedSettings.Inputs;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InputLayoutTest {
  private static final FeatureSpec NUMBER = new FeatureSpec.Numeric();
  private static final FeatureSpec COLOUR =
      new FeatureSpec.Vocabulary(List.of("red", "green", "blue"));

  private static float[] scaled(InputLayout layout, RunningScale scale, float... features) {
    float[] x = new float[layout.width()];
    layout.scale(layout.row(features), scale, x, 0);
    return x;
  }

  @Test
  void measurements_are_standardised_by_what_streamed_so_far() {
    InputLayout layout = new InputLayout(Inputs.numeric(2), 0);
    RunningScale scale = new RunningScale(layout.groups());
    Random random = new Random(1);
    for (int i = 0; i < 5000; i++) {
      float a = (float) (1000 + 3 * random.nextGaussian());
      layout.addTo(scale, layout.row(new float[] {a, 42}));
    }
    float[] x = scaled(layout, scale, 1003, 42);
    assertThat(x[0]).isCloseTo(1, within(.05f));
    assertThat(x[1]).isZero();
    assertThat(scaled(layout, scale, 9999, 42)[0]).isEqualTo(6);
  }

  @Test
  void a_category_becomes_one_input_per_declared_value() {
    Inputs inputs = new Inputs(List.of(NUMBER, COLOUR), List.of(), false, 0, List.of());
    InputLayout layout = new InputLayout(inputs, 0);
    RunningScale scale = new RunningScale(layout.groups());
    assertThat(scaled(layout, scale, .5f, COLOUR.encode("green"))).containsExactly(.5f, 0, 1, 0);
    assertThat(COLOUR.allows(3)).isFalse();
    assertThat(COLOUR.allows(.5f)).isFalse();
    assertThatThrownBy(() -> COLOUR.encode("pink")).hasMessageContaining("'pink'");
  }

  @Test
  void an_open_category_is_hashed_into_its_buckets() {
    FeatureSpec.Hashed city = new FeatureSpec.Hashed(16);
    Inputs inputs = new Inputs(List.of(city), List.of(), false, 0, List.of());
    InputLayout layout = new InputLayout(inputs, 0);
    float[] row = layout.row(new float[] {city.encode("Lisbon")});
    assertThat(row).hasSize(16).containsOnlyOnce(1f);
    assertThat(city.allows(city.encode("Lisbon"))).isTrue();
    assertThat(city.encode("Lisbon")).isEqualTo(city.encode("Lisbon"));
  }

  @Test
  void a_missing_feature_is_masked_and_flagged() {
    Inputs inputs = new Inputs(List.of(NUMBER, COLOUR), List.of(), true, 0, List.of());
    InputLayout layout = new InputLayout(inputs, 0);
    RunningScale scale = new RunningScale(layout.groups());
    layout.addTo(scale, layout.row(new float[] {5, 0}));
    layout.addTo(scale, layout.row(new float[] {Float.NaN, Float.NaN}));
    assertThat(scale.count(0)).isEqualTo(1);
    assertThat(scaled(layout, scale, Float.NaN, Float.NaN)).containsExactly(0, 0, 0, 0, 1, 1);
  }

  @Test
  void the_pixels_of_a_channel_share_their_scale() {
    InputLayout layout = new InputLayout(Inputs.image(2, 1, 2), 0);
    RunningScale scale = new RunningScale(layout.groups());
    assertThat(layout.groups()).isEqualTo(2);
    layout.addTo(scale, layout.row(new float[] {0, 2, 10, 30}));
    assertThat(scaled(layout, scale, 0, 2, 10, 30)).containsExactly(-1, 1, -1, 1);
  }

  @Test
  void a_shift_moves_the_image_and_fills_with_background() {
    ImageShift shift = new ImageShift(List.of(3, 3), 1);
    float[] image = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    Random random = new Random(3);
    boolean moved = false;
    for (int i = 0; i < 50; i++) {
      float[] out = shift.apply(image, random);
      int centre = (int) out[4] - 1;
      int down = 1 - centre / 3;
      int right = 1 - centre % 3;
      moved |= down != 0 || right != 0;
      for (int r = 0; r < 3; r++) {
        for (int c = 0; c < 3; c++) {
          boolean inside = r - down >= 0 && r - down < 3 && c - right >= 0 && c - right < 3;
          assertThat(out[3 * r + c]).isEqualTo(inside ? image[3 * (r - down) + c - right] : 0);
        }
      }
    }
    assertThat(moved).isTrue();
  }

  @Test
  void the_newest_labels_are_inputs_of_the_next_sample_only() {
    Inputs inputs = Inputs.numeric(1).withLabelHistory();
    Task task = new Task.Classification(2);
    LabelHistory history = new LabelHistory(inputs, task);
    float[] row = new float[LabelHistory.width(inputs, task)];
    history.copyTo(row, 0);
    assertThat(row).containsOnly(0);
    history.reveal(task, 1);
    history.reveal(task, 0);
    history.copyTo(row, 0);
    assertThat(row[0]).isEqualTo(-1);
    assertThat(row[1]).isEqualTo(1);
    assertThat(row[2]).isZero();
    assertThat(row[4]).isCloseTo(.2f * -1 + .8f * .2f, within(1e-6f));
  }
}
