package io.tidecast.app.http;

import io.tidecast.schemas.avro.Prediction;
import io.tidecast.schemas.avro.SampleScore;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the HTTP interface says about models of labelled samples; what does not apply is null. */
final class LabelledJson {
  private LabelledJson() {}

  /**
   * One model.
   *
   * @param classNames in the order of the indices; empty where only their number is known
   * @param predictions read so far
   * @param worth null before the first label
   * @param calibration of the likeliest class; empty for a regression
   * @param expertWeights of the newest prediction
   * @param learners of this process
   * @param recent newest first
   */
  record Model(
      String model,
      List<String> classNames,
      long predictions,
      @Nullable Worth worth,
      List<CalibrationCurve.Bin> calibration,
      Map<String, Double> expertWeights,
      List<Partition> learners,
      List<Sample> recent) {}

  /** The learner of one partition. */
  record Partition(int partition, ModelJson.Learner learner) {}

  /**
   * Means over all samples whose label has come.
   *
   * @param accuracy to {@code setCoverage}: null for a regression
   * @param rmse to {@code coverage}: null for a classification
   */
  record Worth(
      long samples,
      @Nullable Double accuracy,
      @Nullable Double logLoss,
      @Nullable Double brier,
      @Nullable Double calibrationError,
      @Nullable Double setCoverage,
      @Nullable Double rmse,
      @Nullable Double crps,
      SeriesJson.@Nullable Coverage coverage) {
    /** Of sums over samples: those of a classification, or of a regression. */
    static Worth of(long n, double[] s, boolean classes) {
      return classes
          ? new Worth(n, s[0] / n, s[1] / n, s[2] / n, s[3] / n, s[4] / n, null, null, null)
          : new Worth(
              n,
              null,
              null,
              null,
              null,
              null,
              Math.sqrt(s[0] / n),
              s[1] / n,
              new SeriesJson.Coverage(s[2] / n, s[3] / n, s[4] / n, s[5] / n));
    }
  }

  /**
   * A prediction.
   *
   * @param probabilities of the classes; empty for a regression
   * @param set classes that together hold the label; empty for a regression
   * @param lower and {@code upper}: of the 90 % band; null for a classification
   * @param epistemicShare of its uncertainty
   * @param label null until it comes
   */
  record Sample(
      String sampleId,
      String streamId,
      long time,
      List<Double> probabilities,
      List<Integer> set,
      @Nullable Double mean,
      @Nullable Double lower,
      @Nullable Double upper,
      double epistemicShare,
      double outOfDistribution,
      @Nullable Double label) {
    static Sample of(Prediction p, @Nullable SampleScore s) {
      List<Double> levels = p.getQuantileLevels();
      double total = p.getUncertainty().getTotal();
      double epistemic = p.getUncertainty().getEpistemic();
      boolean isClass = levels.isEmpty();
      double share = total > 0 ? epistemic / total : 0;
      return new Sample(
          p.getSampleId(),
          p.getStreamId(),
          p.getTimestamp(),
          p.getClassProbabilities(),
          p.getPredictionSet(),
          p.getMean(),
          quantile(p, 0.05),
          quantile(p, 0.95),
          isClass ? share : share * share,
          p.getOutOfDistribution(),
          s == null ? null : Double.valueOf(s.getLabel()));
    }

    private static @Nullable Double quantile(Prediction p, double level) {
      for (int q = 0; q < p.getQuantileLevels().size(); q++) {
        if (Math.abs(p.getQuantileLevels().get(q) - level) < 1e-9) {
          return p.getQuantiles().get(q);
        }
      }
      return null;
    }
  }
}
