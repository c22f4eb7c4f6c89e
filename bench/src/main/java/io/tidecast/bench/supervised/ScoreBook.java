package io.tidecast.bench.supervised;

import io.tidecast.engine.supervised.ClassTally;
import io.tidecast.engine.supervised.SampleOutput.ClassMeans;
import io.tidecast.engine.supervised.SampleOutput.ClassPrediction;
import io.tidecast.engine.supervised.SampleOutput.Prediction;
import io.tidecast.engine.supervised.SampleOutput.ValueMeans;
import io.tidecast.engine.supervised.SampleOutput.ValuePrediction;
import io.tidecast.engine.supervised.ValueTally;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hipparchus.distribution.continuous.NormalDistribution;

/** Scores of the pool and of each of its experts, from the first row that counts on. */
final class ScoreBook {
  private static final String POOL = "";
  private static final String NETWORK = "network";

  private final LabelledTable table;
  private final int skip;
  private final Map<String, ClassTally> classes = new LinkedHashMap<>();
  private final Map<String, ValueTally> values = new LinkedHashMap<>();
  private double[] normal = new double[0];

  ScoreBook(LabelledTable table, int skip) {
    this.table = table;
    this.skip = skip;
  }

  void add(Prediction prediction, int row) {
    if (row < skip) {
      return;
    }
    double truth = table.labels()[row];
    if (prediction instanceof ClassPrediction p) {
      addClasses(p, (int) truth);
    } else if (prediction instanceof ValuePrediction p) {
      addValues(p, truth);
    }
  }

  private void addClasses(ClassPrediction p, int truth) {
    boolean inside = Arrays.stream(p.predictionSet()).anyMatch(c -> c == truth);
    classes.computeIfAbsent(POOL, m -> new ClassTally()).add(p.probabilities(), truth, inside);
    for (int e = 0; e < p.expertNames().length; e++) {
      classes
          .computeIfAbsent(p.expertNames()[e], m -> new ClassTally())
          .add(p.expertProbabilities()[e], truth, false);
    }
  }

  private void addValues(ValuePrediction p, double truth) {
    values.computeIfAbsent(POOL, m -> new ValueTally()).add(p.mean(), p.quantiles(), truth);
    if (normal.length == 0) {
      NormalDistribution standard = new NormalDistribution();
      normal = Arrays.stream(p.levels()).map(standard::inverseCumulativeProbability).toArray();
    }
    for (int e = 0; e < p.expertNames().length; e++) {
      double mean = p.expertMeans()[e];
      double sd = p.expertStds()[e];
      double[] quantiles = Arrays.stream(normal).map(z -> mean + sd * z).toArray();
      values.computeIfAbsent(p.expertNames()[e], m -> new ValueTally()).add(mean, quantiles, truth);
    }
  }

  /** One entry for the pool and, if wanted, one for each expert. */
  List<LabelledResult> results(String pool, boolean experts, double perSecond) {
    List<LabelledResult> results = new ArrayList<>();
    classes.forEach(
        (model, tally) -> {
          if (experts || model.equals(POOL)) {
            boolean whole = model.equals(POOL);
            results.add(entry(whole ? pool : model, whole, tally.means(), perSecond));
          }
        });
    values.forEach(
        (model, tally) -> {
          if (experts || model.equals(POOL)) {
            results.add(entry(model.equals(POOL) ? pool : model, tally.means(), perSecond));
          }
        });
    return results;
  }

  /** The network's entry under another name. */
  List<LabelledResult> networkOnly(String name, double perSecond) {
    ClassTally ofClasses = classes.get(NETWORK);
    ValueTally ofValues = values.get(NETWORK);
    if (ofClasses != null) {
      return List.of(entry(name, false, ofClasses.means(), perSecond));
    }
    return ofValues == null ? List.of() : List.of(entry(name, ofValues.means(), perSecond));
  }

  private LabelledResult entry(String model, boolean sets, ClassMeans m, double perSecond) {
    return new LabelledResult.Classes(
        table.name(),
        model,
        m.n(),
        m.accuracy(),
        m.logLoss(),
        m.brier(),
        m.calibrationError(),
        sets ? m.setCoverage() : Double.NaN,
        perSecond);
  }

  private LabelledResult entry(String model, ValueMeans m, double perSecond) {
    return new LabelledResult.Values(
        table.name(), model, m.n(), m.rmse(), m.crps(), m.coverage90(), perSecond);
  }
}
