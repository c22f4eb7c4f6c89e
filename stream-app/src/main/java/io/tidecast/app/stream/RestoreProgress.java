package io.tidecast.app.stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log, every few seconds, how far a long replay has come. */
final class RestoreProgress {
  private static final Logger log = LoggerFactory.getLogger(RestoreProgress.class);
  private static final long PERIOD_NANOS = 5_000_000_000L;

  private final String what;
  private final long began = System.nanoTime();
  private long told = began;
  private long replayed;

  RestoreProgress(String what) {
    this.what = what;
  }

  void replayed() {
    replayed++;
    long now = System.nanoTime();
    if (now - told > PERIOD_NANOS) {
      told = now;
      log.info(
          "{}: restoring: {} inputs replayed from the journal in {} s",
          what,
          replayed,
          (now - began) / 1_000_000_000);
    }
  }
}
