package io.tidecast.app.cli;

import io.tidecast.schemas.avro.ClassMeans;
import io.tidecast.schemas.avro.Prediction;
import io.tidecast.schemas.avro.SampleScore;
import io.tidecast.schemas.avro.UncertaintyMeasure;
import io.tidecast.schemas.avro.ValueMeans;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Predictions as lines of text: the likeliest class and the set that holds the label, or mean and
 * band; how much of the uncertainty the model would lose by learning; how unlike what it learned
 * the sample is; how good the predictions have been.
 */
final class PredictionLines {
  private static final int NAME_WIDTH = 20;

  private PredictionLines() {}

  /**
   * Lines.
   *
   * @param scores the newest of each stream
   * @param classNames in the order of the indices; empty where only their number is known
   */
  static List<String> of(
      List<Prediction> predictions,
      Map<String, SampleScore> scores,
      List<String> classNames,
      int most) {
    List<String> lines = new ArrayList<>();
    for (Prediction p : predictions.subList(0, Math.min(most, predictions.size()))) {
      lines.add(line(p, scores.get(p.getStreamId()), classNames));
    }
    if (predictions.size() > most) {
      lines.add("  … and %d more streams".formatted(predictions.size() - most));
    }
    return lines;
  }

  private static String line(Prediction p, @Nullable SampleScore score, List<String> classNames) {
    boolean classes = p.getUncertainty().getMeasure() == UncertaintyMeasure.ENTROPY;
    return "  %s  %s   %s   epistemic %s   unlike %.2f%s"
        .formatted(
            name(p.getStreamId()),
            name(p.getSampleId()),
            classes ? likeliest(p, classNames) : band(p),
            epistemic(p, classes),
            p.getOutOfDistribution(),
            score == null ? "" : "   " + soFar(score));
  }

  private static String name(String text) {
    return BandLines.cut(Terminal.printable(text), NAME_WIDTH);
  }

  private static String likeliest(Prediction p, List<String> classNames) {
    List<Double> probabilities = p.getClassProbabilities();
    int top = 0;
    for (int c = 1; c < probabilities.size(); c++) {
      top = probabilities.get(c) > probabilities.get(top) ? c : top;
    }
    return "%s %.2f {%s}"
        .formatted(
            className(top, classNames),
            probabilities.get(top),
            p.getPredictionSet().stream()
                .map(c -> className(c, classNames))
                .collect(Collectors.joining(", ")));
  }

  private static String className(int index, List<String> classNames) {
    return index < classNames.size() ? classNames.get(index) : String.valueOf(index);
  }

  private static String band(Prediction p) {
    List<Double> levels = p.getQuantileLevels();
    Double mean = p.getMean();
    return "%s [%s … %s]"
        .formatted(
            BandLines.number(mean == null ? Double.NaN : mean),
            BandLines.number(p.getQuantiles().get(nearest(levels, .05))),
            BandLines.number(p.getQuantiles().get(nearest(levels, .95))));
  }

  private static int nearest(List<Double> levels, double wanted) {
    int best = 0;
    for (int i = 1; i < levels.size(); i++) {
      best = Math.abs(levels.get(i) - wanted) < Math.abs(levels.get(best) - wanted) ? i : best;
    }
    return best;
  }

  /** Share of the entropy, or of the variance. */
  private static String epistemic(Prediction p, boolean classes) {
    double total = p.getUncertainty().getTotal();
    double share = total > 0 ? p.getUncertainty().getEpistemic() / total : 0;
    return String.format(Locale.ROOT, "%2.0f %%", 100 * (classes ? share : share * share));
  }

  private static String soFar(SampleScore score) {
    if (score.getSoFar() instanceof ClassMeans m) {
      return String.format(
          Locale.ROOT,
          "%,d labels: accuracy %.1f %%, sets held %.0f %%",
          m.getSamples(),
          100 * m.getAccuracy(),
          100 * m.getSetCoverage());
    }
    ValueMeans m = (ValueMeans) score.getSoFar();
    return String.format(
        Locale.ROOT,
        "%,d labels: RMSE %s, 90 %% band held %.0f %%",
        m.getSamples(),
        BandLines.number(m.getRmse()).strip(),
        100 * m.getCoverage90());
  }
}
