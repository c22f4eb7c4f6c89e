package io.tidecast.app.http;

import io.tidecast.schemas.avro.LeadTimeScore;
import io.tidecast.schemas.avro.Score;
import java.util.List;
import java.util.function.Predicate;

/**
 * How good the forecasts of all series have been lately: averages over about the last {@link
 * #WINDOW} truths, each truth with the mean over its lead times. Thread-safe.
 */
final class Accuracy {
  /** Truths that an average looks back on; from fewer nothing is concluded. */
  static final int WINDOW = 1_000;

  /** A truth more surprising than this share of its series' earlier ones is counted. */
  static final double SURPRISING = 0.99;

  private long scores;
  private long surprises;
  private double inside50;
  private double inside80;
  private double inside90;
  private double inside95;
  private double crps;
  private double drift;

  synchronized void add(Score s) {
    List<LeadTimeScore> leads = s.getLeadTimes();
    if (leads.isEmpty()) {
      return;
    }
    scores++;
    if (s.getSurprise() > SURPRISING) {
      surprises++;
    }
    // A plain mean until the window is full, an exponentially weighted one from then on.
    double w = 1.0 / Math.min(scores, WINDOW);
    inside50 += w * (share(leads, LeadTimeScore::getInside50) - inside50);
    inside80 += w * (share(leads, LeadTimeScore::getInside80) - inside80);
    inside90 += w * (share(leads, LeadTimeScore::getInside90) - inside90);
    inside95 += w * (share(leads, LeadTimeScore::getInside95) - inside95);
    crps += w * (leads.stream().mapToDouble(LeadTimeScore::getCrps).average().orElse(0) - crps);
    drift += w * (s.getDrift() - drift);
  }

  synchronized Recent recent() {
    if (scores == 0) {
      return new Recent(
          0, 0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }
    return new Recent(scores, surprises, inside50, inside80, inside90, inside95, crps, drift);
  }

  private static double share(List<LeadTimeScore> leads, Predicate<LeadTimeScore> inside) {
    return (double) leads.stream().filter(inside).count() / leads.size();
  }

  /**
   * What was found; NaN before the first truth.
   *
   * @param scores truths scored so far
   * @param surprises of them, those above {@link #SURPRISING}
   * @param coverage50 share of truths in the 50 % band, likewise the others
   * @param crps continuous ranked probability score, in the units of the series, which it mixes
   * @param drift mean drift signal
   */
  record Recent(
      long scores,
      long surprises,
      double coverage50,
      double coverage80,
      double coverage90,
      double coverage95,
      double crps,
      double drift) {}
}
