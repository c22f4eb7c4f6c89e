package io.tidecast.bench.forecasting;

/** Test, then train: every step is first a truth for the forecasts made before, then a lesson. */
final class Prequential {
  private Prequential() {}

  /**
   * Runs a method over a series.
   *
   * @return its scores from the end of the warm-up on, and the time it took
   */
  static Run run(RecordedSeries series, int horizon, Forecaster forecaster) {
    ScoreBoard board = new ScoreBoard(horizon);
    double[] truth = series.standardised();
    float[][] issued = new float[horizon + 1][horizon * Levels.COUNT];
    long begin = System.nanoTime();
    for (int t = 0; t < series.size(); t++) {
      for (int lead = 0; lead < horizon; lead++) {
        int origin = t - lead - 1;
        if (origin >= series.warmUp() && series.observed(t)) {
          board.add(lead, issued[origin % (horizon + 1)], lead * Levels.COUNT, truth[t]);
        }
      }
      forecaster.step(t, issued[t % (horizon + 1)]);
    }
    return new Run(board, series.size() / ((System.nanoTime() - begin) / 1e9));
  }

  /**
   * What came of it.
   *
   * @param originsPerSecond steps learned and forecast per second
   */
  record Run(ScoreBoard board, double originsPerSecond) {}
}
