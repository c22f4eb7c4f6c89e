package io.tidecast.bench.forecasting;

import java.util.Arrays;

/**
 * Direct linear autoregression for all lead times by recursive least squares on standardised
 * values: 48 lags, the same lead times one season ago, calendar. Bands are Gaussian, or adaptive
 * conformal ones (Gibbs and Candès 2021) over the last 500 errors.
 */
final class LinearBaseline implements OnlineModel {
  static final int LAGS = 48;
  private static final double FORGETTING = 0.9995;
  private static final int WINDOW = 500;
  private static final double STEP = 0.01;
  private static final int PAIRS = Levels.COUNT / 2;

  private final int horizon;
  private final int season;
  private final boolean conformal;
  private final double[][] calendar;
  private final double[] past;
  private final int inputs;
  private final double[][] covariance;
  private final double[][] weights;
  private final double[][] rows;
  private final double[][] gains;
  private final double[][] points;
  private final double[] excess;
  private final double[] variance;
  private final long[] labels;
  private final RollingQuantiles[] errors;
  private final double[][] miss;
  private final double[][][] half;

  /**
   * @param season whose same lead times are inputs, at least the horizon; 0 for none
   * @param calendar inputs known of each step [n][c]
   */
  LinearBaseline(int horizon, int season, double[][] calendar, boolean conformal) {
    this.horizon = horizon;
    this.season = season;
    this.conformal = conformal;
    this.calendar = calendar;
    past = new double[calendar.length];
    inputs = LAGS + (season > 0 ? horizon : 0) + calendar[0].length + 1;
    covariance = new double[inputs][inputs];
    for (int i = 0; i < inputs; i++) {
      covariance[i][i] = 1;
    }
    weights = new double[horizon][inputs];
    rows = new double[horizon + 1][inputs];
    gains = new double[horizon + 1][inputs];
    points = new double[horizon + 1][horizon];
    excess = new double[horizon + 1];
    variance = new double[horizon];
    Arrays.fill(variance, .1);
    labels = new long[horizon];
    errors = new RollingQuantiles[horizon];
    miss = new double[horizon][PAIRS];
    half = new double[horizon + 1][horizon][PAIRS];
    for (int lead = 0; lead < horizon; lead++) {
      errors[lead] = new RollingQuantiles(WINDOW);
      for (int pair = 0; pair < PAIRS; pair++) {
        miss[lead][pair] = 2 * Levels.of(pair);
      }
    }
  }

  @Override
  public void step(int t, double value, boolean observed, float[] out) {
    past[t] = value;
    if (observed) {
      for (int lead = 0; lead < horizon && lead < t; lead++) {
        learn(lead, t - lead - 1, value);
      }
    }
    originate(t);
    for (int lead = 0; lead < horizon; lead++) {
      if (conformal) {
        conformalBands(t, lead, out);
      } else {
        double sd = Math.sqrt(variance[lead] * (1 + excess[ring(t)]));
        for (int q = 0; q < Levels.COUNT; q++) {
          out[lead * Levels.COUNT + q] =
              (float) (points[ring(t)][lead] + sd * Levels.standardNormal(q));
        }
      }
    }
  }

  private void learn(int lead, int origin, double value) {
    int r = ring(origin);
    double error = value - points[r][lead];
    double magnitude = Math.abs(error);
    if (errors[lead].size() > 30) {
      for (int pair = 0; pair < PAIRS; pair++) {
        double outside = magnitude > half[r][lead][pair] ? 1 : 0;
        double next = miss[lead][pair] + STEP * (2 * Levels.of(pair) - outside);
        miss[lead][pair] = Math.min(Math.max(next, 0), 1);
      }
    }
    errors[lead].add(magnitude);
    double f = 1.0 / Math.min(++labels[lead], WINDOW);
    variance[lead] += f * (error * error / (1 + excess[r]) - variance[lead]);
    double surprise = value - past[origin] - dot(weights[lead], rows[r]);
    for (int i = 0; i < inputs; i++) {
      weights[lead][i] += gains[r][i] * surprise;
    }
  }

  private void originate(int t) {
    int r = ring(t);
    double[] x = rows[r];
    inputsOf(t, x);
    double[] projected = gains[r];
    for (int i = 0; i < inputs; i++) {
      projected[i] = dot(covariance[i], x);
    }
    double g = dot(projected, x);
    double trace = 0;
    for (int i = 0; i < inputs; i++) {
      trace += covariance[i][i];
    }
    double grow = trace < 5 * inputs ? 1 / FORGETTING : 1;
    double denominator = FORGETTING + g;
    for (int i = 0; i < inputs; i++) {
      for (int j = i; j < inputs; j++) {
        double v = (covariance[i][j] - projected[i] * projected[j] / denominator) * grow;
        covariance[i][j] = v;
        covariance[j][i] = v;
      }
    }
    for (int i = 0; i < inputs; i++) {
      projected[i] /= denominator;
    }
    excess[r] = g;
    for (int lead = 0; lead < horizon; lead++) {
      points[r][lead] = past[t] + dot(weights[lead], x);
    }
  }

  private void inputsOf(int t, double[] x) {
    int k = 0;
    x[k++] = past[t];
    for (int lag = 1; lag < LAGS; lag++) {
      x[k++] = t >= lag ? past[t - lag] - past[t] : 0;
    }
    for (int lead = 0; season > 0 && lead < horizon; lead++) {
      int source = t + lead + 1 - season;
      x[k++] = source >= 0 ? past[source] - past[t] : 0;
    }
    for (double c : calendar[t]) {
      x[k++] = c;
    }
    x[k] = 1;
  }

  private void conformalBands(int t, int lead, float[] out) {
    int r = ring(t);
    RollingQuantiles sizes = errors[lead];
    int n = sizes.size();
    double widest = 0;
    for (int pair = PAIRS - 1; pair >= 0; pair--) {
      int rank = (int) Math.ceil((n + 1) * (1 - miss[lead][pair])) - 1;
      double width;
      if (n == 0) {
        width = 1;
      } else if (rank < 0) {
        width = 0;
      } else {
        width = rank >= n ? 1.25 * sizes.ranked(n - 1) : sizes.ranked(rank);
      }
      half[r][lead][pair] = width;
      widest = Math.max(widest, width);
      out[lead * Levels.COUNT + pair] = (float) (points[r][lead] - widest);
      out[lead * Levels.COUNT + Levels.COUNT - 1 - pair] = (float) (points[r][lead] + widest);
    }
    out[lead * Levels.COUNT + Levels.MEDIAN] = (float) points[r][lead];
  }

  private int ring(int t) {
    return t % (horizon + 1);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
