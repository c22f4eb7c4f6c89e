package io.tidecast.engine.forecast;

/**
 * Finds the season of a series in its own past: the first peak of the autocorrelation of the
 * detrended values that is as high as any, and that repeats at twice its lag.
 */
final class SeasonFinder {
  /** Fewer values do not tell a season from chance. */
  static final int FEWEST = 64;

  /** The search is quadratic: about a millisecond for this many. */
  static final int MOST = 2048;

  private static final int SHORTEST = 3;

  /** Whole seasons that must have been seen. */
  private static final int CYCLES = 3;

  private static final double LEAST_PEAK = 0.3;

  /** A multiple of the season may peak a little higher than the season itself. */
  private static final double NEARLY = 0.9;

  /** Values beyond so many mean magnitudes are cut: a few spikes make no season. */
  private static final double CLIP = 5;

  private final double[] correlation;

  /**
   * @param values the newest steps of the series, oldest first
   */
  SeasonFinder(double[] values) {
    int lags = values.length / CYCLES + 1;
    correlation = new double[values.length < FEWEST ? 0 : lags];
    if (correlation.length > 0) {
      double[] x = detrended(values);
      double power = product(x, 0);
      for (int lag = 0; lag < lags && power > 0; lag++) {
        correlation[lag] = product(x, lag) / power * x.length / (x.length - lag);
      }
    }
  }

  /** The season in steps, or 0 where there is none. */
  int find() {
    double highest = 0;
    double least = 1;
    for (int lag = 1; lag + 1 < correlation.length; lag++) {
      least = Math.min(least, correlation[lag]);
      highest = isSeason(lag, least) ? Math.max(highest, correlation[lag]) : highest;
    }
    least = 1;
    for (int lag = 1; lag + 1 < correlation.length; lag++) {
      least = Math.min(least, correlation[lag]);
      if (isSeason(lag, least) && correlation[lag] >= NEARLY * highest) {
        return top(lag);
      }
    }
    return 0;
  }

  /** Under noise a peak is ragged: its top is the highest lag within a tenth of its first. */
  private int top(int first) {
    int top = first;
    for (int lag = first; lag <= first + first / 10 && lag < correlation.length; lag++) {
      top = correlation[lag] > correlation[top] ? lag : top;
    }
    return top;
  }

  /** Autocorrelation at a lag; NaN where too little was seen to tell. */
  double at(int lag) {
    return lag < correlation.length ? correlation[lag] : Double.NaN;
  }

  /**
   * @param least autocorrelation of the shorter lags, which a peak must rise above
   */
  private boolean isSeason(int lag, double least) {
    double peak = correlation[lag];
    boolean top = peak >= correlation[lag - 1] && peak > correlation[lag + 1];
    boolean rises = peak > LEAST_PEAK && peak - least > LEAST_PEAK;
    return lag >= SHORTEST && top && rises && repeats(lag);
  }

  /** A lag whose double was not seen often enough to be judged counts as repeated. */
  private boolean repeats(int lag) {
    int twice = 2 * lag;
    return twice + 1 >= correlation.length
        ? correlation[lag] > 2 * LEAST_PEAK
        : Math.max(correlation[twice], Math.max(correlation[twice - 1], correlation[twice + 1]))
            > correlation[lag] / 2;
  }

  /** Values relative to their straight line, with outliers cut. */
  private static double[] detrended(double[] values) {
    int n = values.length;
    double middle = (n - 1) / 2.0;
    double mean = 0;
    for (double v : values) {
      mean += v / n;
    }
    double slope = 0;
    double spread = 0;
    for (int t = 0; t < n; t++) {
      slope += (t - middle) * (values[t] - mean);
      spread += (t - middle) * (t - middle);
    }
    slope /= spread;
    double[] x = new double[n];
    double magnitude = 0;
    for (int t = 0; t < n; t++) {
      x[t] = values[t] - mean - slope * (t - middle);
      magnitude += Math.abs(x[t]) / n;
    }
    for (int t = 0; t < n; t++) {
      x[t] = magnitude > 0 ? Math.min(Math.max(x[t] / magnitude, -CLIP), CLIP) : 0;
    }
    return x;
  }

  private static double product(double[] x, int lag) {
    double sum = 0;
    for (int t = lag; t < x.length; t++) {
      sum += x[t] * x[t - lag];
    }
    return sum;
  }
}
