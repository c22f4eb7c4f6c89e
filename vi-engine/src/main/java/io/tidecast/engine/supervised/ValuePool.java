package io.tidecast.engine.supervised;

import io.tidecast.engine.predict.Levels;
import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import io.tidecast.engine.supervised.SampleOutput.ValuePrediction;
import io.tidecast.engine.supervised.SampleOutput.ValueScore;
import java.util.Arrays;
import java.util.List;

/**
 * Experts for a target: running mean, recursive least squares and the network. Each is taken as a
 * Gaussian; quantiles are averaged level by level (Vincent 1912), which gives a Gaussian again, and
 * then tracked.
 *
 * <p>What a sample carries to its label: means [E], deviations [E] and epistemic variance [E] of
 * the experts, the pool's mean, its quantiles [21].
 */
final class ValuePool implements TaskModel {
  static final List<String> EXPERTS = List.of("running-mean", "rls", "network");
  private static final String KIND = "value-pool";
  private static final int NETWORK = 2;

  /** How far behind the best expert one surprise can throw another, nats. */
  private static final double WORST = -Math.log(1e-4);

  private static final double LARGEST_LOSS = 100;

  private final RunningScale target = new RunningScale(1);
  private final LinearRegression linear;
  private final ExpertWeights weights = new ExpertWeights(EXPERTS.size());
  private final TrackedLevels tracked = new TrackedLevels();
  private final ValueTally tally = new ValueTally();
  private double networkLoss;

  ValuePool(int inputs) {
    linear = new LinearRegression(inputs);
  }

  @Override
  public SampleOutput predict(
      OpenSample sample, float[] x, int at, NetworkView view, Version version) {
    NetworkView.Value network = (NetworkView.Value) view;
    double scale = target.deviation(0);
    double[] line = linear.predict(x, at, scale * scale);
    double epistemic = network.epistemicVariance() * scale * scale;
    double total = epistemic + network.aleatoricVariance() * scale * scale;
    double[] means = {target.mean(0), line[0], target.mean(0) + scale * network.mean()};
    double[] sds = {scale, Math.sqrt(line[1]), Math.sqrt(total)};
    double[] unknown = {0, 0, epistemic};
    double[] w = weights.weights();
    double mean = dot(w, means);
    double[] quantiles = tracked.quantiles(mean, dot(w, sds));
    double[] forecast = new double[2 * EXPERTS.size() + 1 + Levels.COUNT];
    System.arraycopy(means, 0, forecast, 0, means.length);
    System.arraycopy(sds, 0, forecast, means.length, sds.length);
    forecast[2 * EXPERTS.size()] = mean;
    System.arraycopy(quantiles, 0, forecast, 2 * EXPERTS.size() + 1, Levels.COUNT);
    sample.setForecast(forecast);
    double between = 0;
    double known = 0;
    for (int e = 0; e < w.length; e++) {
      between += w[e] * (unknown[e] + (means[e] - mean) * (means[e] - mean));
      known += w[e] * (sds[e] * sds[e] - unknown[e]);
    }
    return new ValuePrediction(
        sample.sampleId(),
        sample.streamId(),
        sample.timestamp(),
        version.epoch(),
        version.step(),
        mean,
        Levels.all(),
        quantiles,
        Math.sqrt(between),
        Math.sqrt(known),
        epistemic / total,
        EXPERTS.toArray(new String[0]),
        w,
        means,
        sds);
  }

  @Override
  public SampleOutput learn(OpenSample sample, float[] x, int at, double label) {
    double[] forecast = sample.forecast();
    int experts = EXPERTS.size();
    double mean = forecast[2 * experts];
    double[] quantiles =
        Arrays.copyOfRange(forecast, 2 * experts + 1, 2 * experts + 1 + Levels.COUNT);
    tally.add(mean, quantiles, label);
    tracked.learn(quantiles, label);
    double[] logs = new double[experts];
    for (int e = 0; e < experts; e++) {
      double z = (label - forecast[e]) / forecast[experts + e];
      logs[e] = -.5 * z * z - Math.log(forecast[experts + e]);
      networkLoss = e == NETWORK ? Math.min(z * z, LARGEST_LOSS) : networkLoss;
    }
    double best = Arrays.stream(logs).max().orElse(0);
    weights.learn(Arrays.stream(logs).map(l -> Math.max(l, best - WORST)).toArray());
    linear.learn(x, at, label);
    return new ValueScore(
        sample.sampleId(),
        sample.streamId(),
        sample.timestamp(),
        label,
        label - mean,
        Quantiles.crps(quantiles, label),
        Quantiles.inside(quantiles, label, Quantiles.BANDS[0]),
        Quantiles.inside(quantiles, label, Quantiles.BANDS[1]),
        Quantiles.inside(quantiles, label, Quantiles.BANDS[2]),
        Quantiles.inside(quantiles, label, Quantiles.BANDS[3]),
        tally.means());
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Override
  public double networkLoss() {
    return networkLoss;
  }

  @Override
  public void reveal(double label) {
    target.add(0, label, 0);
  }

  @Override
  public double code(double label) {
    return target.standardised(0, label);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public StateWriter save() {
    StateWriter out =
        new StateWriter(KIND, 1)
            .putDoubles("weights", weights.state())
            .putDoubles("tracked", tracked.state())
            .putDouble("networkLoss", networkLoss)
            .putState("target", target.save());
    linear.saveTo(out);
    tally.saveTo(out);
    return out;
  }

  @Override
  public void restore(StateReader in) {
    weights.restore(in.getDoubles("weights"));
    tracked.restore(in.getDoubles("tracked"));
    networkLoss = in.getDouble("networkLoss");
    target.restore(in, "target");
    linear.restore(in);
    tally.restore(in);
  }
}
