package io.tidecast.app.http;

import io.tidecast.app.service.ServiceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How the service is, and why: a value, not an exception.
 *
 * @param state where it stands
 * @param reasons in full sentences; empty when all is well
 * @param restored changelog records restored, of {@code toRestore}
 */
record Health(State state, List<String> reasons, long restored, long toRestore) {
  /** The observed coverage of the 90 % band should lie between these. */
  static final double LEAST_COVERAGE90 = 0.82;

  static final double MOST_COVERAGE90 = 0.97;

  /** Work that would take longer than this at the present rate is called a backlog. */
  static final double MOST_SECONDS_BEHIND = 60;

  private static final double LEAST_BACKLOG = 1_000;

  enum State {
    STARTING,
    RESTORING,
    RUNNING,
    /** It works, and somebody should look. */
    DEGRADED,
    FAILED;

    /** Whether the service forecasts. */
    boolean isReady() {
      return this == RUNNING || this == DEGRADED;
    }

    /** Whether it works or is on its way; if not, a restart is the remedy. */
    boolean isLive() {
      return this != FAILED;
    }
  }

  /**
   * Judges.
   *
   * @param perSecond observations learned per second by this process
   * @param readerFault why the page cannot read the output topics, if it cannot
   */
  static Health of(
      ServiceStatus s, Accuracy.Recent recent, double perSecond, Optional<String> readerFault) {
    return switch (s.stage()) {
      case STARTING -> of(s, State.STARTING, List.of("starting: " + s.detail()));
      case FAILED -> of(s, State.FAILED, List.of("the stream has stopped: " + s.detail()));
      case RESTORING ->
          of(
              s,
              State.RESTORING,
              List.of(
                  s.toRestore() > s.restored()
                      ? String.format(
                          Locale.ROOT,
                          "rebuilding learners: %,d of %,d changelog records",
                          s.restored(),
                          s.toRestore())
                      : "waiting for partitions: " + s.detail()));
      case RUNNING -> {
        List<String> reasons = doubts(s, recent, perSecond);
        readerFault.ifPresent(
            f -> reasons.add("the live page cannot read the output topics: " + f));
        yield of(s, reasons.isEmpty() ? State.RUNNING : State.DEGRADED, reasons);
      }
    };
  }

  private static Health of(ServiceStatus s, State state, List<String> reasons) {
    return new Health(state, List.copyOf(reasons), s.restored(), s.toRestore());
  }

  private static List<String> doubts(ServiceStatus s, Accuracy.Recent recent, double perSecond) {
    List<String> doubts = new ArrayList<>();
    double c = recent.coverage90();
    if (recent.scores() >= Accuracy.WINDOW && (c < LEAST_COVERAGE90 || c > MOST_COVERAGE90)) {
      doubts.add(
          String.format(
              Locale.ROOT,
              "the 90 %% band held %.1f %% of the last %,d truths, outside %.0f to %.0f %%;"
                  + " sort the series by coverage to see which",
              100 * c,
              Accuracy.WINDOW,
              100 * LEAST_COVERAGE90,
              100 * MOST_COVERAGE90));
    }
    if (s.lag() > Math.max(LEAST_BACKLOG, MOST_SECONDS_BEHIND * perSecond)) {
      doubts.add(
          String.format(
              Locale.ROOT,
              "%,.0f observations wait to be learned, at %.0f a second; add partitions and"
                  + " instances if this lasts",
              s.lag(),
              perSecond));
    }
    return doubts;
  }
}
