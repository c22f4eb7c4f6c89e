package io.tidecast.app.stream;

import io.tidecast.schemas.RegistryUnavailableException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for a schema registry that does not answer, for less time than a consumer may stay away
 * from its group.
 */
final class Patiently {
  private static final Logger log = LoggerFactory.getLogger(Patiently.class);
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  private Patiently() {}

  /**
   * Calls until there is an answer.
   *
   * @throws RegistryUnavailableException if there is none within a minute; the stream thread is
   *     then replaced and tries again
   */
  static <T> T call(Supplier<T> call) {
    long began = System.nanoTime();
    for (long pause = FIRST_PAUSE_MILLIS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS)) {
      try {
        return call.get();
      } catch (RegistryUnavailableException e) {
        if (System.nanoTime() - began > PATIENCE_NANOS) {
          throw e;
        }
        log.warn("{}; trying again in {} ms", e.getMessage(), pause);
        sleep(pause);
      }
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the schema registry", e);
    }
  }
}
