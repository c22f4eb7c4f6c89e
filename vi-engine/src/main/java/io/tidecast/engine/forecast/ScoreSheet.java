package io.tidecast.engine.forecast;

import io.tidecast.engine.forecast.ForecastOutput.SeriesScore;
import io.tidecast.engine.predict.Levels;
import java.util.Arrays;

/** Gathers what the forecasts of all lead times for one truth were worth. */
final class ScoreSheet {
  private final int[] leadTimes;
  private final double[] crps;
  private final double[] logScore;
  private final double[] pit;
  private final boolean[][] inside;
  private double relativeLoss;
  private double firstLogScore;
  private int size;

  ScoreSheet(int leads) {
    leadTimes = new int[leads];
    crps = new double[leads];
    logScore = new double[leads];
    pit = new double[leads];
    inside = new boolean[4][leads];
  }

  /**
   * Adds one lead time, after all shorter ones.
   *
   * @param quantiles the forecast [21] from {@code at} on, relative to its origin
   * @param target the truth in the same units
   * @param unit one such unit in the unit of the series
   */
  void add(int lead, float[] quantiles, int at, double target, double unit) {
    double loss = QuantileLevels.crps(quantiles, at, target);
    double density = QuantileLevels.logDensity(quantiles, at, target);
    if (size == 0) {
      firstLogScore = density;
    }
    relativeLoss += loss;
    leadTimes[size] = lead + 1;
    crps[size] = loss * unit;
    logScore[size] = density - Math.log(unit);
    pit[size] = QuantileLevels.pit(quantiles, at, target);
    inside[0][size] = QuantileLevels.inside(quantiles, at, target, Levels.BAND50);
    inside[1][size] = QuantileLevels.inside(quantiles, at, target, Levels.BAND80);
    inside[2][size] = QuantileLevels.inside(quantiles, at, target, Levels.BAND90);
    inside[3][size] = QuantileLevels.inside(quantiles, at, target, Levels.BAND95);
    size++;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Log score of the shortest lead time, in units of its origin. */
  double firstLogScore() {
    return firstLogScore;
  }

  /** Mean CRPS over the lead times, each in units of its origin. */
  double meanLoss() {
    return relativeLoss / size;
  }

  boolean[] insideOf(int band) {
    return Arrays.copyOf(inside[band], size);
  }

  SeriesScore toScore(String seriesId, long timestamp, double truth, SurpriseMeter meter) {
    return new SeriesScore(
        seriesId,
        timestamp,
        truth,
        Arrays.copyOf(leadTimes, size),
        Arrays.copyOf(crps, size),
        Arrays.copyOf(logScore, size),
        Arrays.copyOf(pit, size),
        insideOf(0),
        insideOf(1),
        insideOf(2),
        insideOf(3),
        meter.surprise(),
        meter.drift());
  }
}
