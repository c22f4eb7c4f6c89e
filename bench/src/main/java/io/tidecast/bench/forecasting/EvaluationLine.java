package io.tidecast.bench.forecasting;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of an evaluation; scores are means over the scored steps, on standardised values.
 *
 * @param dataset where the series is from
 * @param series the series
 * @param model the method
 * @param horizon a lead time, or the mean over a range of them: "1", "24", "1..24"
 * @param n truths scored
 * @param crps twice the weighted pinball loss over 21 levels
 * @param ncrps crps over the mean magnitude of the values, both in their own unit
 * @param mae of the median
 * @param mse of the median
 * @param cov50 coverage of the 50 % band
 * @param cov80 coverage of the 80 % band
 * @param cov90 coverage of the 90 % band
 * @param cov95 coverage of the 95 % band
 * @param width90 mean width of the 90 % band
 * @param originsPerSecond steps learned and forecast per second
 */
public record EvaluationLine(
    String dataset,
    String series,
    String model,
    String horizon,
    long n,
    double crps,
    double ncrps,
    double mae,
    double mse,
    double cov50,
    double cov80,
    double cov90,
    double cov95,
    double width90,
    double originsPerSecond) {

  /** The lines of one method on one series: first lead time, last, and the mean over all. */
  static List<EvaluationLine> of(
      RecordedSeries series, String model, int horizon, ScoreBoard board, double perSecond) {
    List<EvaluationLine> lines = new ArrayList<>();
    lines.add(line(series, model, "1", board.over(1, 1), perSecond));
    if (horizon > 1) {
      lines.add(line(series, model, "" + horizon, board.over(horizon, horizon), perSecond));
    }
    lines.add(line(series, model, "1.." + horizon, board.over(1, horizon), perSecond));
    return lines;
  }

  private static EvaluationLine line(
      RecordedSeries series,
      String model,
      String horizon,
      ScoreBoard.Scores scores,
      double perSecond) {
    double norm = series.deviation() / series.scoredMagnitude();
    return new EvaluationLine(
        series.dataset(),
        series.name(),
        model,
        horizon,
        scores.n(),
        scores.crps(),
        scores.crps() * norm,
        scores.mae(),
        scores.mse(),
        scores.cov50(),
        scores.cov80(),
        scores.cov90(),
        scores.cov95(),
        scores.width90(),
        perSecond);
  }
}
