package io.tidecast.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LabelledViewTest {
  private final LabelledView view = new LabelledView("m", List.of("a", "b"));

  @Test
  void a_prediction_and_its_score_are_joined_whichever_is_read_first() {
    view.add(SyntheticSamples.classes("m", "1", .2, .8));
    view.add(0, SyntheticSamples.right("m", "1", 1, true, 1));
    view.add(0, SyntheticSamples.right("m", "2", 0, false, 2));
    view.add(SyntheticSamples.classes("m", "2", .15, .85));
    LabelledJson.Model m = view.json();
    assertThat(m.calibration()).hasSize(1);
    assertThat(m.calibration().get(0).samples()).isEqualTo(2);
    assertThat(m.calibration().get(0).right()).isEqualTo(.5);
    assertThat(m.calibration().get(0).confidence()).isCloseTo(.825, within(1e-9));
    assertThat(m.recent().get(0).sampleId()).isEqualTo("2");
    assertThat(m.recent().get(0).label()).isEqualTo(0);
  }

  @Test
  void a_prediction_without_a_label_waits_and_is_shown_without_it() {
    view.add(SyntheticSamples.classes("m", "1", .2, .8));
    LabelledJson.Model m = view.json();
    assertThat(m.worth()).isNull();
    assertThat(m.calibration()).isEmpty();
    assertThat(m.recent().get(0).label()).isNull();
    assertThat(m.recent().get(0).epistemicShare()).isCloseTo(.25, within(1e-9));
  }

  @Test
  void the_means_of_partitions_are_weighted_by_their_samples() {
    view.add(0, SyntheticSamples.error("m", "1", 3, 1, 2));
    view.add(1, SyntheticSamples.error("m", "2", 3, 3, 4));
    LabelledJson.Worth w = Objects.requireNonNull(view.json().worth());
    assertThat(w.samples()).isEqualTo(4);
    assertThat(Objects.requireNonNull(w.rmse())).isCloseTo(Math.sqrt(13), within(1e-9));
    assertThat(w.accuracy()).isNull();
    assertThat(Objects.requireNonNull(w.coverage()).band90()).isCloseTo(.9, within(1e-9));
  }

  @Test
  void the_newest_predictions_are_shown_newest_first() {
    for (int i = 0; i < LabelledView.RECENT + 5; i++) {
      view.add(SyntheticSamples.value("m", "s-" + i, i));
    }
    assertThat(view.json().recent()).hasSize(LabelledView.RECENT);
    assertThat(view.json().recent().get(0).mean()).isEqualTo(LabelledView.RECENT + 4);
    assertThat(view.predictions()).isEqualTo(LabelledView.RECENT + 5);
  }
}
