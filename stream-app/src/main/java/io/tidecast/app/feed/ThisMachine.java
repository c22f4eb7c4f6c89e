package io.tidecast.app.feed;

import java.time.Duration;
import oshi.SystemInfo;
import oshi.util.GlobalConfig;

/**
 * What the operating system tells of this machine, never older than a quarter of {@link
 * MachineLoadFeed#INTERVAL}.
 *
 * <p>Oshi answers from its memory for 300 ms by default, and looks at the setting that shortens
 * this once a minute at most. So the setting is made before anyone's first use of Oshi: everyone
 * comes here.
 */
public final class ThisMachine {
  private static final Duration FRESH = MachineLoadFeed.INTERVAL.dividedBy(4);

  static {
    GlobalConfig.set(GlobalConfig.OSHI_UTIL_MEMOIZER_EXPIRATION, (int) FRESH.toMillis());
  }

  private ThisMachine() {}

  /** The way to all figures. */
  public static SystemInfo system() {
    return new SystemInfo();
  }
}
