package io.tidecast.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidecast.schemas.avro.ClassMeans;
import io.tidecast.schemas.avro.ClassWorth;
import io.tidecast.schemas.avro.ModelVersion;
import io.tidecast.schemas.avro.Prediction;
import io.tidecast.schemas.avro.SampleScore;
import io.tidecast.schemas.avro.Uncertainty;
import io.tidecast.schemas.avro.UncertaintyMeasure;
import io.tidecast.schemas.avro.ValueMeans;
import io.tidecast.schemas.avro.ValueWorth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PredictionLinesTest {
  private static final ModelVersion VERSION = new ModelVersion(1L, 1L);

  @Test
  void a_line_tells_class_set_uncertainty_and_how_good_the_stream_has_been() {
    SampleScore score =
        new SampleScore(
            "n-1",
            "shop",
            "fraud",
            0L,
            1.0,
            new ClassWorth(.3, .2, true, true),
            new ClassMeans(1200L, .931, .4, .3, .02, .91));
    String line =
        PredictionLines.of(
                List.of(classes("shop")), Map.of("shop", score), List.of("bad", "good"), 5)
            .get(0);
    assertThat(line)
        .contains("shop", "n-2", "good 0.80 {bad, good}", "epistemic 25 %", "unlike 0.30")
        .contains("1,200 labels: accuracy 93.1 %, sets held 91 %");
    assertThat(PredictionLines.of(List.of(classes("shop")), Map.of(), List.of(), 5).get(0))
        .contains("1 0.80 {0, 1}")
        .doesNotContain("labels");
  }

  @Test
  void a_line_of_a_regression_has_its_band() {
    Prediction p =
        new Prediction(
            "n-2",
            "house",
            VERSION,
            List.of(),
            10.0,
            List.of(.05, .5, .95),
            List.of(8.0, 10.0, 12.0),
            new Uncertainty(UncertaintyMeasure.STANDARD_DEVIATION, 1.25, .75, 1.0),
            0L,
            "prices",
            List.of(),
            .1,
            Map.of());
    SampleScore score =
        new SampleScore(
            "n-1",
            "house",
            "prices",
            0L,
            9.0,
            new ValueWorth(.5, .3, true, true, true, true),
            new ValueMeans(7L, 4.0, .3, .5, .8, .9, .95));
    assertThat(PredictionLines.of(List.of(p), Map.of("house", score), List.of(), 5).get(0))
        .contains(
            "10.00 [   8.000 …    12.00]", "epistemic 36 %", "RMSE 4.000, 90 % band held 90 %");
  }

  @Test
  void no_more_lines_than_wanted_and_none_that_commands_the_terminal() {
    List<String> lines =
        PredictionLines.of(
            List.of(classes("\u001b[2Ja"), classes("b"), classes("c")), Map.of(), List.of(), 2);
    assertThat(lines).hasSize(3).allMatch(l -> l.chars().noneMatch(Character::isISOControl));
    assertThat(lines.get(2)).contains("1 more streams");
  }

  private static Prediction classes(String stream) {
    return new Prediction(
        "n-2",
        stream,
        VERSION,
        List.of(.2, .8),
        null,
        List.of(),
        List.of(),
        new Uncertainty(UncertaintyMeasure.ENTROPY, .6, .15, .45),
        0L,
        "fraud",
        List.of(0, 1),
        .3,
        Map.of());
  }
}
