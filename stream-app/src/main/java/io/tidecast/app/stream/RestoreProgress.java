package io.tidecast.app.stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log, every few seconds, how far a long replay has come. */
final class RestoreProgress {
  private static final Logger log = LoggerFactory.getLogger(RestoreProgress.class);
  private static final long PERIOD_NANOS = 5_000_000_000L;

  private final int partition;
  private final long began = System.nanoTime();
  private long told = began;
  private long replayed;

  RestoreProgress(int partition) {
    this.partition = partition;
  }

  void replayed() {
    replayed++;
    long now = System.nanoTime();
    if (now - told > PERIOD_NANOS) {
      told = now;
      log.info(
          "partition {}: restoring: {} inputs replayed from the journal in {} s",
          partition,
          replayed,
          (now - began) / 1_000_000_000);
    }
  }
}
