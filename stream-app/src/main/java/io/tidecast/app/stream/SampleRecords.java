package io.tidecast.app.stream;

import io.tidecast.engine.supervised.SampleOutput;
import io.tidecast.engine.supervised.SampleOutput.ClassPrediction;
import io.tidecast.engine.supervised.SampleOutput.ClassScore;
import io.tidecast.engine.supervised.SampleOutput.ValuePrediction;
import io.tidecast.engine.supervised.SampleOutput.ValueScore;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The engine's outputs for labelled samples as Avro records. */
final class SampleRecords {
  private SampleRecords() {}

  static Prediction prediction(SampleOutput.Prediction prediction, String model) {
    ModelVersion version = new ModelVersion(prediction.epoch(), prediction.step());
    if (prediction instanceof ClassPrediction p) {
      return new Prediction(
          p.sampleId(),
          p.streamId(),
          version,
          list(p.probabilities()),
          null,
          List.of(),
          List.of(),
          new Uncertainty(UncertaintyMeasure.ENTROPY, p.entropy(), p.epistemic(), p.aleatoric()),
          p.timestamp(),
          model,
          Arrays.stream(p.predictionSet()).boxed().toList(),
          p.outOfDistribution(),
          weights(p.expertNames(), p.expertWeights()));
    }
    ValuePrediction p = (ValuePrediction) prediction;
    return new Prediction(
        p.sampleId(),
        p.streamId(),
        version,
        List.of(),
        p.mean(),
        list(p.levels()),
        list(p.quantiles()),
        new Uncertainty(
            UncertaintyMeasure.STANDARD_DEVIATION,
            Math.hypot(p.epistemicStd(), p.aleatoricStd()),
            p.epistemicStd(),
            p.aleatoricStd()),
        p.timestamp(),
        model,
        List.of(),
        p.outOfDistribution(),
        weights(p.expertNames(), p.expertWeights()));
  }

  static SampleScore score(SampleOutput.Score score, String model) {
    if (score instanceof ClassScore s) {
      SampleOutput.ClassMeans m = s.soFar();
      return new SampleScore(
          s.sampleId(),
          s.streamId(),
          model,
          s.timestamp(),
          s.label(),
          new ClassWorth(s.logLoss(), s.brier(), s.correct(), s.insideSet()),
          new ClassMeans(
              m.n(), m.accuracy(), m.logLoss(), m.brier(), m.calibrationError(), m.setCoverage()));
    }
    ValueScore s = (ValueScore) score;
    SampleOutput.ValueMeans m = s.soFar();
    return new SampleScore(
        s.sampleId(),
        s.streamId(),
        model,
        s.timestamp(),
        s.label(),
        new ValueWorth(s.error(), s.crps(), s.inside50(), s.inside80(), s.inside90(), s.inside95()),
        new ValueMeans(
            m.n(),
            m.rmse(),
            m.crps(),
            m.coverage50(),
            m.coverage80(),
            m.coverage90(),
            m.coverage95()));
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static Map<String, Double> weights(String[] names, double[] weights) {
    Map<String, Double> named = new LinkedHashMap<>();
    for (int e = 0; e < names.length; e++) {
      named.put(names[e], weights[e]);
    }
    return named;
  }
}
