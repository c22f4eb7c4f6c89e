package io.tidecast.bench.forecasting;

import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.forecast.ForecastInput.BatchCut;
import io.tidecast.engine.forecast.ForecastInput.Observation;
import io.tidecast.engine.forecast.ForecastLearner;
import io.tidecast.engine.forecast.ForecastOutput;
import io.tidecast.engine.forecast.ForecastOutput.SeriesForecast;
import io.tidecast.engine.forecast.ForecastSettings;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Test-then-train of the learner of the service itself, which is fed the recorded values of all
 * series, step by step. Beside its forecasts those of its network alone are scored.
 */
final class LearnerRun {
  /** Steps after which a learner that began with nothing is scored as one with a cold start. */
  static final int COLD = 300;

  private final List<RecordedSeries> series;
  private final int horizon;
  private final ScoreBoard[] published;
  private final ScoreBoard[] network;
  private final ScoreBoard[] early;
  private final float[][][] issued;
  private final float[][][] alone;
  private final double[][] truth;
  private final double[] mean;
  private final double[] deviation;
  private final Map<String, Integer> index = new HashMap<>();
  private long nanos;

  LearnerRun(List<RecordedSeries> series, int horizon) {
    this.series = series;
    this.horizon = horizon;
    int n = series.size();
    published = new ScoreBoard[n];
    network = new ScoreBoard[n];
    early = new ScoreBoard[n];
    issued = new float[n][horizon + 1][horizon * Levels.COUNT];
    alone = new float[n][horizon + 1][horizon * Levels.COUNT];
    truth = new double[n][];
    mean = new double[n];
    deviation = new double[n];
    for (int s = 0; s < n; s++) {
      published[s] = new ScoreBoard(horizon);
      network[s] = new ScoreBoard(horizon);
      early[s] = new ScoreBoard(horizon);
      truth[s] = series.get(s).standardised();
      mean[s] = series.get(s).mean();
      deviation[s] = series.get(s).deviation();
      index.put(series.get(s).name(), s);
    }
  }

  /**
   * Runs a new learner over all steps.
   *
   * @param fans receives every forecast as it is issued
   * @param progress is told each step done
   */
  void run(ForecastSettings settings, ComputeDevice device, Fans fans, IntConsumer progress) {
    try (ForecastLearner learner = ForecastLearner.create(settings, device)) {
      int steps = series.get(0).size();
      for (int t = 0; t < steps; t++) {
        score(t);
        clear(t);
        learn(learner, t, fans);
        progress.accept(t + 1);
      }
    }
  }

  private void learn(ForecastLearner learner, int t, Fans fans) {
    long begin = System.nanoTime();
    for (RecordedSeries one : series) {
      Observation observation = new Observation(one.name(), one.times()[t], one.values()[t]);
      keep(learner.accept(observation), t, fans);
    }
    if (learner.awaitsCut()) {
      keep(learner.accept(new BatchCut()), t, fans);
    }
    nanos += System.nanoTime() - begin;
    for (int s = 0; s < series.size(); s++) {
      float[] out = alone[s][t % (horizon + 1)];
      int to = s;
      learner
          .expertQuantiles(series.get(s).name())
          .ifPresent(all -> standardise(to, all[all.length - 1], out));
    }
  }

  private void keep(List<ForecastOutput> outputs, int t, Fans fans) {
    for (ForecastOutput output : outputs) {
      if (output instanceof SeriesForecast forecast) {
        int s = index.getOrDefault(forecast.seriesId(), 0);
        standardise(s, forecast.quantiles(), issued[s][t % (horizon + 1)]);
        fans.issued(t, forecast);
      }
    }
  }

  /** Before it has seen enough to forecast, a learner is scored as if it said the mean. */
  private void clear(int t) {
    for (int s = 0; s < series.size(); s++) {
      Arrays.fill(issued[s][t % (horizon + 1)], 0);
      Arrays.fill(alone[s][t % (horizon + 1)], 0);
    }
  }

  private void score(int t) {
    for (int s = 0; s < series.size(); s++) {
      for (int lead = 0; lead < horizon; lead++) {
        int origin = t - lead - 1;
        if (origin < 0 || !series.get(s).observed(t)) {
          continue;
        }
        int ring = origin % (horizon + 1);
        int at = lead * Levels.COUNT;
        if (origin >= COLD) {
          early[s].add(lead, issued[s][ring], at, truth[s][t]);
        }
        if (origin >= series.get(s).warmUp()) {
          published[s].add(lead, issued[s][ring], at, truth[s][t]);
          network[s].add(lead, alone[s][ring], at, truth[s][t]);
        }
      }
    }
  }

  private void standardise(int s, double[][] quantiles, float[] out) {
    for (int lead = 0; lead < quantiles.length; lead++) {
      for (int q = 0; q < Levels.COUNT; q++) {
        out[lead * Levels.COUNT + q] = (float) ((quantiles[lead][q] - mean[s]) / deviation[s]);
      }
    }
  }

  /** Scores of the published forecasts of a series. */
  ScoreBoard published(int s) {
    return published[s];
  }

  /** Scores of the published forecasts of a series from step {@link #COLD} on. */
  ScoreBoard early(int s) {
    return early[s];
  }

  /** Scores of the network alone. */
  ScoreBoard network(int s) {
    return network[s];
  }

  /** Observations of all series learned and forecast per second. */
  double perSecond() {
    return (double) series.size() * series.get(0).size() / (nanos / 1e9);
  }
}
