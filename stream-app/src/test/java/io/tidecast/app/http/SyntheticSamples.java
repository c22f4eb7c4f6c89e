package io.tidecast.app.http;

import io.tidecast.schemas.avro.ClassMeans;
import io.tidecast.schemas.avro.ClassWorth;
import io.tidecast.schemas.avro.ModelVersion;
import io.tidecast.schemas.avro.Prediction;
import io.tidecast.schemas.avro.SampleScore;
import io.tidecast.schemas.avro.Uncertainty;
import io.tidecast.schemas.avro.UncertaintyMeasure;
import io.tidecast.schemas.avro.ValueMeans;
import io.tidecast.schemas.avro.ValueWorth;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Predictions of labelled samples by somebody whose probabilities are right. */
final class SyntheticSamples {
  private static final List<Double> LEVELS = List.of(.05, .5, .95);

  private SyntheticSamples() {}

  static Prediction classes(String model, String sample, double... probabilities) {
    return new Prediction(
        sample,
        "stream",
        new ModelVersion(1L, 10L),
        Arrays.stream(probabilities).boxed().toList(),
        null,
        List.of(),
        List.of(),
        new Uncertainty(UncertaintyMeasure.ENTROPY, .6, .15, .45),
        SyntheticSeries.START,
        model,
        List.of(0),
        .3,
        Map.of("network", .8, "majority", .2));
  }

  static Prediction value(String model, String sample, double mean) {
    return new Prediction(
        sample,
        "stream",
        new ModelVersion(1L, 10L),
        List.of(),
        mean,
        LEVELS,
        List.of(mean - 2, mean, mean + 2),
        new Uncertainty(UncertaintyMeasure.STANDARD_DEVIATION, 1.25, .75, 1.0),
        SyntheticSeries.START,
        model,
        List.of(),
        .1,
        Map.of("network", 1.0));
  }

  static SampleScore right(String model, String sample, int label, boolean correct, long n) {
    return new SampleScore(
        sample,
        "stream",
        model,
        SyntheticSeries.START,
        (double) label,
        new ClassWorth(.3, .2, correct, true),
        new ClassMeans(n, .8, .4, .3, .02, .91));
  }

  static SampleScore error(String model, String sample, double label, long n, double rmse) {
    return new SampleScore(
        sample,
        "stream",
        model,
        SyntheticSeries.START,
        label,
        new ValueWorth(.5, .3, true, true, true, true),
        new ValueMeans(n, rmse, .3, .5, .8, .9, .95));
  }

  /** A classifier of two classes that is right as often as it says, and a regression. */
  static void addTo(LiveView view) {
    Random random = new Random(1);
    view.know("prices", List.of("down", "up"));
    for (int i = 0; i < 400; i++) {
      double up = random.nextDouble();
      int label = random.nextDouble() < up ? 1 : 0;
      view.add(classes("prices", "s-" + i, 1 - up, up));
      if (i < 395) {
        view.add(0, right("prices", "s-" + i, label, label == (up > .5 ? 1 : 0), i + 1L));
      }
    }
    view.add(value("demand", "d-1", 10));
    view.add(0, error("demand", "d-1", 14, 1, 4));
  }
}
