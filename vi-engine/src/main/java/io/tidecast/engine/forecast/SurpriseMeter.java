package io.tidecast.engine.forecast;

import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;

/**
 * How unusual the newest truth is for its series, and whether the series has changed. Calibrated by
 * the series' own past, without labels.
 *
 * <p>Surprise is the share of recent truths with a better log score. Drift compares the mean loss
 * of the last 20 observations with that of the last 500: 0 below 1.25 times, 1 from 2.5 times on.
 */
final class SurpriseMeter {
  private static final double FAST = 0.05;
  private static final double SLOW = 0.002;
  private static final double QUIET = 1.25;
  private static final double ALARM = 2.5;

  private final ResidualSketch past;
  private double fast;
  private double slow;
  private long count;
  private double surprise;

  SurpriseMeter() {
    this(new ResidualSketch(1), 0, 0, 0, 0);
  }

  private SurpriseMeter(
      ResidualSketch past, double fast, double slow, long count, double surprise) {
    this.past = past;
    this.fast = fast;
    this.slow = slow;
    this.count = count;
    this.surprise = surprise;
  }

  /**
   * @param logScore predictive log density of the truth at the shortest lead time, nats
   * @param loss mean quantile loss over the lead times, in scales
   */
  void observe(double logScore, double loss) {
    surprise = past.below(0, -logScore);
    past.add(0, -logScore);
    count++;
    fast += Math.max(FAST, 1.0 / count) * (loss - fast);
    // One freak value says nothing about a change.
    double bounded = count > 1 / FAST ? Math.min(loss, 5 * slow + Double.MIN_NORMAL) : loss;
    slow += Math.max(SLOW, 1.0 / count) * (bounded - slow);
  }

  double surprise() {
    return surprise;
  }

  double drift() {
    if (count < 1 / FAST || slow <= 0) {
      return 0;
    }
    return Math.min(Math.max((fast / slow - QUIET) / (ALARM - QUIET), 0), 1);
  }

  StateWriter save() {
    return new StateWriter("surprise", 1)
        .putState("past", past.save())
        .putDouble("fast", fast)
        .putDouble("slow", slow)
        .putLong("count", count)
        .putDouble("surprise", surprise);
  }

  static SurpriseMeter restored(StateReader in) {
    return new SurpriseMeter(
        ResidualSketch.restored(1, in.getState("past", ResidualSketch.KIND, 1)),
        in.getDouble("fast"),
        in.getDouble("slow"),
        in.getLong("count"),
        in.getDouble("surprise"));
  }
}
