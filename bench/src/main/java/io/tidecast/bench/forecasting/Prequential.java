package io.tidecast.bench.forecasting;

/** Test, then train: every step is first a truth for the forecasts made before, then a lesson. */
final class Prequential {
  private Prequential() {}

  /** Runs a method over a series and scores it from the end of the warm-up on. */
  static Run run(RecordedSeries series, int horizon, OnlineModel model) {
    ScoreBoard board = new ScoreBoard(horizon);
    double[] truth = series.standardised();
    float[][] issued = new float[horizon + 1][horizon * Levels.COUNT];
    long nanos = 0;
    for (int t = 0; t < series.size(); t++) {
      for (int lead = 0; lead < horizon; lead++) {
        int origin = t - lead - 1;
        if (origin >= series.warmUp() && series.observed(t)) {
          board.add(lead, issued[origin % (horizon + 1)], lead * Levels.COUNT, truth[t]);
        }
      }
      long begin = System.nanoTime();
      model.step(t, truth[t], series.observed(t), issued[t % (horizon + 1)]);
      nanos += System.nanoTime() - begin;
    }
    return new Run(board, series.size() / (nanos / 1e9));
  }

  /**
   * What came of it.
   *
   * @param originsPerSecond steps learned and forecast per second
   */
  record Run(ScoreBoard board, double originsPerSecond) {}
}
