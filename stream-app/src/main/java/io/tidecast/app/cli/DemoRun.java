package io.tidecast.app.cli;

import io.tidecast.app.UserException;
import io.tidecast.app.feed.Feed;
import io.tidecast.app.feed.ObservationProducer;
import io.tidecast.app.feed.Reading;
import io.tidecast.app.service.TidecastService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Feeds a running service and shows what comes out, until the feed, the time or the user ends it.
 */
final class DemoRun {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration READY_WITHIN = Duration.ofMinutes(5);
  private static final Duration DRAIN_WITHIN = Duration.ofMinutes(2);

  /** Observations under way at most, so that little is left to do when the time is up. */
  private static final long BACKLOG = 1_000;

  private static final int SERIES_SHOWN = 20;
  private static final long SETTLE_NANOS = 1_000_000_000L;

  private final Terminal terminal;
  private final TidecastService service;
  private final Feed feed;
  private final ObservationProducer producer;
  private final ForecastBoard board;
  private final StopSignal stop;
  private final Optional<Duration> duration;
  private final AtomicReference<@Nullable Throwable> feedFailure = new AtomicReference<>();
  private volatile boolean endFeed;
  private long idleSince = Long.MAX_VALUE;
  private long lastDrawn = System.nanoTime();

  DemoRun(
      Terminal terminal,
      TidecastService service,
      Feed feed,
      ObservationProducer producer,
      ForecastBoard board,
      StopSignal stop,
      Optional<Duration> duration) {
    this.terminal = terminal;
    this.service = service;
    this.feed = feed;
    this.producer = producer;
    this.board = board;
    this.stop = stop;
    this.duration = duration;
  }

  DemoReport run() throws InterruptedException {
    awaitReady();
    terminal.stage("service running; first forecasts follow");
    long handledBefore = handled();
    Thread feeding = new Thread(() -> feedAll(handledBefore), "feed");
    long began = System.nanoTime();
    feeding.start();
    while (feeding.isAlive()) {
      if (isOver(began)) {
        endFeed = true;
        feeding.interrupt();
      }
      pollAndDraw(began, handledBefore);
    }
    feeding.join();
    throwFailures();
    producer.flush();
    drain(began, handledBefore);
    double seconds = (Math.min(idleSince, System.nanoTime()) - began) / 1e9;
    return new DemoReport(
        service.gauges().accepted(),
        board.forecasts(),
        board.learnedSteps(),
        known(board.coverage90()),
        known(board.crps()),
        producer.sent() / seconds,
        board.deadLetters());
  }

  private void awaitReady() throws InterruptedException {
    long began = System.nanoTime();
    while (!service.isReady()) {
      if (stop.isRequested()) {
        return;
      }
      service.awaitStop(POLL);
      if (System.nanoTime() - began > READY_WITHIN.toNanos()) {
        throw new UserException(
            "the service was not ready within "
                + READY_WITHIN.toMinutes()
                + " minutes; see the log");
      }
    }
  }

  private void feedAll(long handledBefore) {
    try {
      List<Reading> readings = feed.next();
      while (!readings.isEmpty() && !endFeed) {
        producer.send(readings);
        while (!endFeed && producer.sent() - (handled() - handledBefore) > BACKLOG) {
          Thread.sleep(1);
        }
        readings = feed.next();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      feedFailure.set(e);
    }
  }

  private boolean isOver(long began) {
    return stop.isRequested()
        || (duration.isPresent() && System.nanoTime() - began > duration.get().toNanos());
  }

  /** Waits until everything sent is learned and its forecasts are committed and read. */
  private void drain(long began, long handledBefore) throws InterruptedException {
    long deadline = System.nanoTime() + DRAIN_WITHIN.toNanos();
    while (!stop.isRequested() && !isDrained(handledBefore)) {
      if (System.nanoTime() > deadline) {
        throw new UserException(
            "%d of %d observations were not forecast within %d minutes; see the log"
                .formatted(
                    producer.sent() - (handled() - handledBefore),
                    producer.sent(),
                    DRAIN_WITHIN.toMinutes()));
      }
      pollAndDraw(began, handledBefore);
    }
  }

  private boolean isDrained(long handledBefore) {
    if (handled() - handledBefore < producer.sent() || !service.gauges().isIdle()) {
      idleSince = Long.MAX_VALUE;
      return false;
    }
    idleSince = Math.min(idleSince, System.nanoTime());
    // What was learned last is committed within a few commit intervals, and then read.
    return System.nanoTime() - idleSince > SETTLE_NANOS && board.isAtEnd();
  }

  private long handled() {
    return service.gauges().received();
  }

  private void pollAndDraw(long began, long handledBefore) throws InterruptedException {
    board.poll(POLL);
    service.awaitStop(Duration.ZERO);
    long now = System.nanoTime();
    if (now - lastDrawn < (terminal.isInteractive() ? 1_000_000_000L : 5_000_000_000L)) {
      return;
    }
    lastDrawn = now;
    List<String> lines = new ArrayList<>();
    double seconds = (now - began) / 1e9;
    lines.add(
        String.format(
            Locale.ROOT,
            "%6.0f s  %,d observations learned, %.0f/s; %,d forecasts; 90 %% band held %s",
            seconds,
            handled() - handledBefore,
            (handled() - handledBefore) / seconds,
            board.forecasts(),
            Double.isNaN(board.coverage90())
                ? "–"
                : String.format(Locale.ROOT, "%.1f %%", 100 * board.coverage90())));
    lines.addAll(BandLines.of(board.newest(), board.newestScores(), SERIES_SHOWN));
    terminal.draw(lines);
  }

  private void throwFailures() {
    Throwable e = feedFailure.get();
    if (e instanceof RuntimeException r) {
      throw r;
    }
  }

  private static @Nullable Double known(double v) {
    return Double.isNaN(v) ? null : v;
  }
}
