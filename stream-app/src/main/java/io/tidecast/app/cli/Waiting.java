package io.tidecast.app.cli;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Says what is being waited for, every two seconds, so that nobody takes silence for a hang. */
final class Waiting {
  private static final long PERIOD_SECONDS = 2;

  private Waiting() {}

  /**
   * Does work, and talks about it while it lasts.
   *
   * @param what in a few words, e.g. "connecting to Kafka"
   */
  static <T> T during(PrintWriter err, String what, Supplier<T> work) {
    CountDownLatch done = new CountDownLatch(1);
    Thread speaker = new Thread(() -> speak(err, what, done), "waiting");
    speaker.setDaemon(true);
    speaker.start();
    try {
      return work.get();
    } finally {
      done.countDown();
    }
  }

  private static void speak(PrintWriter err, String what, CountDownLatch done) {
    try {
      for (long s = PERIOD_SECONDS; !done.await(PERIOD_SECONDS, TimeUnit.SECONDS); ) {
        err.printf("%s ... %d s%n", what, s);
        err.flush();
        s += PERIOD_SECONDS;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
