package io.tidecast.bench.inference;

import io.tidecast.engine.predict.Predictive;
import io.tidecast.engine.predict.StudentTDensity;
import io.tidecast.engine.predict.StudentTMath;
import java.util.Arrays;

/** Sums of the scores of predictive Student-t mixtures. */
final class Scorecard {
  private static final double NU = 5;
  private static final int POINTS = 150;
  static final double[] BANDS = {.5, .8, .9, .95};

  private double crps;
  private double logScore;
  private double absolute;
  private final double[] inside = new double[BANDS.length];
  private long count;

  /**
   * Adds windows.
   *
   * @param parameters locations and scales [D, rows, H] in window units
   */
  void add(float[][] parameters, WindowStream.Windows windows) {
    int rows = windows.batch().rows();
    int horizon = WindowStream.HORIZON;
    int draws = parameters[0].length / (rows * horizon);
    Predictive mixture = new Predictive(draws, rows, horizon, new StudentTDensity(NU), parameters);
    int perDraw = (POINTS + draws - 1) / draws;
    double[] z = new double[perDraw];
    Arrays.setAll(z, i -> StudentTMath.quantile((i + .5) / perDraw, NU));
    double[] points = new double[perDraw * draws];
    for (int row = 0; row < rows; row++) {
      double scale = windows.scale()[row];
      for (int h = 0; h < horizon; h++) {
        for (int d = 0; d < draws; d++) {
          int at = (d * rows + row) * horizon + h;
          for (int i = 0; i < perDraw; i++) {
            points[d * perDraw + i] =
                windows.last()[row] + scale * (parameters[0][at] + parameters[1][at] * z[i]);
          }
        }
        double y = windows.truth()[row * horizon + h];
        double scaled = windows.batch().y()[row * horizon + h];
        score(points, y, scale, mixture.logDensity(row, h, scaled), mixture.cdf(row, h, scaled));
      }
    }
  }

  private void score(double[] points, double y, double scale, double log, double pit) {
    Arrays.sort(points);
    int n = points.length;
    double distance = 0;
    double spread = 0;
    for (int i = 0; i < n; i++) {
      distance += Math.abs(points[i] - y) / n;
      spread += points[i] * (2 * i + 1 - n) / ((double) n * n);
    }
    crps += distance - spread;
    absolute += Math.abs(.5 * (points[(n - 1) / 2] + points[n / 2]) - y);
    logScore += log - Math.log(scale);
    for (int b = 0; b < BANDS.length; b++) {
      inside[b] += Math.abs(pit - .5) < BANDS[b] / 2 ? 1 : 0;
    }
    count++;
  }

  double crps() {
    return crps / count;
  }

  double logScore() {
    return logScore / count;
  }

  double mae() {
    return absolute / count;
  }

  double coverage(int band) {
    return inside[band] / count;
  }

  long count() {
    return count;
  }
}
