package io.tidecast.engine.forecast;

import java.time.Duration;
import java.util.Arrays;

/**
 * Seasons of one series, in steps of its grid.
 *
 * @param naive the season that the seasonal naive expert repeats, 0 where there is none
 * @param blocks seasons whose same lead times are inputs [blocks of the layout], 0 where there is
 *     none
 */
record Seasons(int naive, int[] blocks) {
  /** Longer seasons would make a series' history too large. */
  static final int LONGEST = 4096;

  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final long MONTH = Duration.ofDays(30).toMillis();

  /** The customary seasons of an interval, shortest first: a day and a week of hours, and so on. */
  static int[] customary(long interval) {
    if (interval < DAY && DAY % interval == 0) {
      long day = DAY / interval;
      return within(day, 7 * day);
    }
    if (interval == DAY) {
      return within(7);
    }
    if (interval == 7 * DAY) {
      return within(52);
    }
    return Math.abs(interval - MONTH) <= 2 * DAY ? within(12) : within();
  }

  /** Seasons that get inputs of their own: those that the single lags do not reach. */
  static int[] beyond(int[] seasons, int singles) {
    return Arrays.stream(seasons).filter(s -> s > singles).toArray();
  }

  /**
   * Seasons of a series.
   *
   * @param all seasons, shortest first
   * @param layout with the number of blocks and the reach of the lags
   */
  static Seasons of(int[] all, FeatureLayout layout) {
    int[] far = beyond(all, layout.singles());
    int[] blocks = new int[layout.blocks()];
    for (int i = 0; i < Math.min(far.length, blocks.length); i++) {
      // The longest first: it stays in its place where a series lacks the shorter one.
      blocks[i] = far[far.length - 1 - i];
    }
    return new Seasons(all.length == 0 ? 0 : all[0], blocks);
  }

  /** These seasons with another one to repeat; it gets inputs where none are in use. */
  Seasons with(int season, FeatureLayout layout) {
    boolean unused = Arrays.stream(blocks).allMatch(b -> b == 0);
    return unused ? of(new int[] {season}, layout) : new Seasons(season, blocks);
  }

  /** The newest step that lies whole seasons before a target and not after the origin. */
  long repeated(int lead, long origin) {
    int seasons = (lead + naive) / naive;
    return origin + lead + 1 - (long) seasons * naive;
  }

  int longest() {
    int longest = naive;
    for (int block : blocks) {
      longest = Math.max(longest, block);
    }
    return longest;
  }

  private static int[] within(long... steps) {
    return Arrays.stream(steps)
        .filter(s -> s >= 2 && s <= LONGEST)
        .mapToInt(s -> (int) s)
        .toArray();
  }
}
