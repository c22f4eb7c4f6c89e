package io.tidecast.engine.supervised;

import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import io.tidecast.engine.supervised.SampleOutput.ClassPrediction;
import io.tidecast.engine.supervised.SampleOutput.ClassScore;
import java.util.Arrays;
import java.util.List;

/**
 * Experts for classes: last class, majority class, logistic regression and the network, mixed by
 * what their past probabilities were worth, as sure as their mixture has proved to be.
 *
 * <p>What a sample carries to its label: probabilities of the experts [E][K], of the pool [K], the
 * threshold of its prediction set.
 */
final class ClassPool implements TaskModel {
  static final List<String> EXPERTS =
      List.of("last-class", "majority-class", "logistic-regression", "network");
  private static final String KIND = "class-pool";

  /** 2: with the {@link Sharpness}. */
  private static final int VERSION = 2;

  private static final int NETWORK = 3;
  private static final double LEAST = 1e-4;

  private final int classes;
  private final ClassCounts counts;
  private final LogisticRegression logistic;
  private final ExpertWeights weights = new ExpertWeights(EXPERTS.size());
  private final Sharpness sharpness = new Sharpness();
  private final ConformalSets sets;
  private final ClassTally tally = new ClassTally();
  private double networkLoss;

  ClassPool(Task.Classification task, int inputs) {
    classes = task.classes();
    counts = new ClassCounts(classes);
    logistic = new LogisticRegression(inputs, classes);
    sets = new ConformalSets(task.setCoverage());
  }

  @Override
  public SampleOutput predict(
      OpenSample sample, float[] x, int at, NetworkView view, Version version) {
    NetworkView.Classes network = (NetworkView.Classes) view;
    double[] forecast = new double[(EXPERTS.size() + 1) * classes + 1];
    put(counts.after(sample.lastClass()), forecast, 0);
    put(counts.majority(), forecast, 1);
    put(logistic.probabilities(x, at), forecast, 2);
    put(network.probabilities(), forecast, NETWORK);
    double[] w = weights.weights();
    double[] pooled = new double[classes];
    double[][] alone = new double[w.length][];
    double aleatoric = w[NETWORK] * network.expectedEntropy();
    for (int e = 0; e < w.length; e++) {
      double[] p = expert(forecast, e);
      alone[e] = p;
      for (int c = 0; c < classes; c++) {
        pooled[c] += w[e] * p[c];
      }
      aleatoric += e == NETWORK ? 0 : w[e] * entropy(p);
    }
    double mixed = entropy(pooled);
    double[] sharpened = sharpness.raise(pooled);
    double threshold = sets.threshold();
    System.arraycopy(sharpened, 0, forecast, EXPERTS.size() * classes, classes);
    forecast[forecast.length - 1] = threshold;
    sample.setForecast(forecast);
    // the shares are those of the mixture: raised probabilities have no draws to split them by
    double entropy = entropy(sharpened);
    double known = mixed > 0 ? entropy * Math.min(1, aleatoric / mixed) : 0;
    return new ClassPrediction(
        sample.sampleId(),
        sample.streamId(),
        sample.timestamp(),
        version.epoch(),
        version.step(),
        sharpened,
        entropy,
        known,
        entropy - known,
        ConformalSets.set(sharpened, threshold),
        Math.min(1, entropy(network.probabilities()) / Math.log(classes)),
        EXPERTS.toArray(new String[0]),
        w,
        alone);
  }

  /** Bounded away from 0, so that one surprise does not silence an expert for good. */
  private void put(double[] p, double[] forecast, int expert) {
    double sum = 0;
    for (double v : p) {
      sum += Math.max(v, LEAST);
    }
    for (int c = 0; c < classes; c++) {
      forecast[expert * classes + c] = Math.max(p[c], LEAST) / sum;
    }
  }

  private double[] expert(double[] forecast, int expert) {
    return Arrays.copyOfRange(forecast, expert * classes, (expert + 1) * classes);
  }

  @Override
  public SampleOutput learn(OpenSample sample, float[] x, int at, double label) {
    int truth = (int) label;
    double[] forecast = sample.forecast();
    double[] pooled = expert(forecast, EXPERTS.size());
    double threshold = forecast[forecast.length - 1];
    boolean inside = false;
    for (int member : ConformalSets.set(pooled, threshold)) {
      inside |= member == truth;
    }
    tally.add(pooled, truth, inside);
    sets.learn(1 - pooled[truth], threshold);
    sharpness.learn(pooled, truth);
    double[] logs = new double[EXPERTS.size()];
    for (int e = 0; e < logs.length; e++) {
      logs[e] = Math.log(forecast[e * classes + truth]);
    }
    weights.learn(logs);
    networkLoss = -logs[NETWORK];
    counts.learn(sample.lastClass(), truth);
    logistic.learn(x, at, truth);
    return new ClassScore(
        sample.sampleId(),
        sample.streamId(),
        sample.timestamp(),
        label,
        ClassTally.logLoss(pooled, truth),
        ClassTally.brier(pooled, truth),
        ClassTally.top(pooled) == truth,
        inside,
        tally.means());
  }

  @Override
  public double networkLoss() {
    return networkLoss;
  }

  @Override
  public void reveal(double label) {}

  @Override
  public double code(double label) {
    return label;
  }

  static double entropy(double[] p) {
    double sum = 0;
    for (double v : p) {
      sum -= v > 0 ? v * Math.log(v) : 0;
    }
    return sum;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public int version() {
    return VERSION;
  }

  @Override
  public StateWriter save() {
    StateWriter out =
        new StateWriter(KIND, VERSION)
            .putDoubles("weights", weights.state())
            .putDouble("networkLoss", networkLoss);
    counts.saveTo(out);
    logistic.saveTo(out);
    sharpness.saveTo(out);
    sets.saveTo(out);
    tally.saveTo(out);
    return out;
  }

  @Override
  public void restore(StateReader in) {
    weights.restore(in.getDoubles("weights"));
    networkLoss = in.getDouble("networkLoss");
    counts.restore(in);
    logistic.restore(in);
    sharpness.restore(in);
    sets.restore(in);
    tally.restore(in);
  }
}
