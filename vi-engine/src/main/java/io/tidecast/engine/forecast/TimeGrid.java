package io.tidecast.engine.forecast;

import java.time.Duration;
import java.util.Arrays;

/**
 * Maps the times of one series to slots of its grid.
 *
 * <p>An observation belongs to the slot whose time is nearest. On a grid whose interval was
 * inferred the grid follows the observations, by a tenth of each one's deviation, so that jitter
 * below half an interval neither loses nor doubles a step and an interval that is slightly off does
 * not add up. On a grid whose interval was configured slots stay where the first observation put
 * them.
 */
final class TimeGrid {
  /** First observations from which an interval is inferred. */
  static final int TO_INFER = 5;

  private static final double FOLLOW = 0.1;

  /** Inferred intervals this near to a customary one are taken to be it. */
  private static final double CUSTOMARY = 0.06;

  private static final long[] STEPS = {1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30};
  private static final long[] MILLIS = {1, 2, 5, 10, 20, 25, 40, 50, 100, 125, 200, 250, 400, 500};

  private final long interval;
  private final boolean inferred;
  private long slot;
  private double time;

  private TimeGrid(long interval, boolean inferred, long slot, double time) {
    this.interval = interval;
    this.inferred = inferred;
    this.slot = slot;
    this.time = time;
  }

  /** A grid with a given interval; slot 0 is at the first observation. */
  static TimeGrid configured(Duration interval, long firstTime) {
    return new TimeGrid(interval.toMillis(), false, 0, firstTime);
  }

  /**
   * A grid whose interval is the median difference of the first times, or the customary interval
   * next to it.
   *
   * @param times ascending and distinct
   */
  static TimeGrid inferred(long[] times) {
    long[] differences = new long[times.length - 1];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = times[i + 1] - times[i];
    }
    Arrays.sort(differences);
    long median = differences[(differences.length - 1) / 2];
    return new TimeGrid(customary(median), true, 0, times[0]);
  }

  static TimeGrid of(long interval, boolean inferred, long slot, double time) {
    return new TimeGrid(interval, inferred, slot, time);
  }

  /** The slot nearest to a time; beyond the newest slot for later times. */
  long slotOf(long timestamp) {
    return slot + (long) Math.floor((timestamp - time) / interval + 0.5);
  }

  /** Moves the newest slot forward to an observation's. */
  void advanceTo(long timestamp) {
    long next = slotOf(timestamp);
    if (next > slot) {
      time += (double) (next - slot) * interval;
      slot = next;
      if (inferred) {
        time += FOLLOW * (timestamp - time);
      }
    }
  }

  /** Puts the newest slot at a time, whatever was before: a series that starts afresh. */
  void restartAt(long timestamp) {
    slot++;
    time = timestamp;
  }

  /** Time of a slot, milliseconds since the epoch. */
  long timeOf(long ofSlot) {
    return Math.round(time) + (ofSlot - slot) * interval;
  }

  long interval() {
    return interval;
  }

  boolean isInferred() {
    return inferred;
  }

  /** The newest slot. */
  long slot() {
    return slot;
  }

  /** Time of the newest slot, with the fraction of a millisecond that the grid keeps. */
  double time() {
    return time;
  }

  private static long customary(long median) {
    long best = median;
    double nearest = CUSTOMARY;
    for (long unit : new long[] {0, 1_000, 60_000, 3_600_000, 86_400_000, 604_800_000}) {
      for (long step : unit == 0 ? MILLIS : STEPS) {
        long candidate = unit == 0 ? step : unit * step;
        double distance = Math.abs((double) median / candidate - 1);
        if (distance < nearest) {
          nearest = distance;
          best = candidate;
        }
      }
    }
    return best;
  }
}
