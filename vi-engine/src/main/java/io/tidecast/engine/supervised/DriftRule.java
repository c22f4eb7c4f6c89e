package io.tidecast.engine.supervised;

import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;

/**
 * Shortens memory while the network's recent loss is well above its usual one, and lets it grow
 * back otherwise.
 */
final class DriftRule {
  private static final double FAST = .02;
  private static final double SLOW = .001;
  private static final double RATIO = 1.5;
  private static final double MARGIN = .05;
  private static final int QUIET_START = 500;

  /** Factors per eight labels. */
  private static final double SHRINK = .7;

  private static final double GROW = 1.01;
  private static final double LABELS = 8;

  private static final double LEAST_MEMORY = 1000;
  private static final double LEAST_REPLAY = 200;

  private final double mostMemory;
  private final double mostReplay;
  private double memory;
  private double replay;
  private double fast;
  private double slow;
  private long labels;
  private long alarms;

  DriftRule(double memory, int replayRows) {
    mostMemory = memory;
    mostReplay = replayRows;
    this.memory = memory;
    replay = replayRows;
  }

  /** Takes in the network's loss on one label. */
  void add(double loss) {
    fast = labels == 0 ? loss : fast + FAST * (loss - fast);
    slow = labels == 0 ? loss : slow + SLOW * (loss - slow);
    labels++;
  }

  /**
   * Sets memory and replay after a mini-batch.
   *
   * @param fresh labels in the batch
   */
  void adapt(int fresh) {
    if (labels <= QUIET_START) {
      return;
    }
    boolean alarm = fast > RATIO * slow + MARGIN;
    alarms += alarm ? 1 : 0;
    double factor = Math.pow(alarm ? SHRINK : GROW, fresh / LABELS);
    memory = between(Math.min(LEAST_MEMORY, mostMemory), memory * factor, mostMemory);
    replay = between(Math.min(LEAST_REPLAY, mostReplay), replay * factor, mostReplay);
  }

  private static double between(double least, double value, double most) {
    return Math.max(least, Math.min(value, most));
  }

  /** Rows that the posterior is to remember. */
  double memory() {
    return memory;
  }

  /** Newest rows to replay from. */
  int replayRows() {
    return (int) replay;
  }

  StateWriter saveTo(StateWriter out) {
    return out.putDoubles("drift", new double[] {memory, replay, fast, slow})
        .putLongs("drift.counts", new long[] {labels, alarms});
  }

  void restore(StateReader in) {
    double[] numbers = in.getDoubles("drift");
    memory = numbers[0];
    replay = numbers[1];
    fast = numbers[2];
    slow = numbers[3];
    long[] counts = in.getLongs("drift.counts");
    labels = counts[0];
    alarms = counts[1];
  }
}
