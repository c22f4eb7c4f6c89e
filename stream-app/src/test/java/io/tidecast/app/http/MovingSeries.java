package io.tidecast.app.http;

import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Series {@code sensor-0000} and on, all of which get a score and a forecast every second. */
final class MovingSeries implements AutoCloseable {
  private static final int PAST = 60;
  private static final int SHARES = 20;

  private final LiveView view;
  private final List<SyntheticSeries> series;
  private final Timer clock = new Timer("moving-series", true);
  private final AtomicLong moved = new AtomicLong();
  private final long began;
  private int share;

  MovingSeries(LiveView view, int n) {
    this.view = view;
    series =
        IntStream.range(0, n)
            .mapToObj(i -> new SyntheticSeries("sensor-%04d".formatted(i), i))
            .toList();
    series.forEach(s -> s.addTo(view, PAST));
    began = System.nanoTime();
    clock.scheduleAtFixedRate(
        new TimerTask() {
          @Override
          public void run() {
            move();
          }
        },
        0,
        1000 / SHARES);
  }

  /** A share of them at a time, as records come from a topic. */
  private void move() {
    for (int i = share++ % SHARES; i < series.size(); i += SHARES) {
      series.get(i).addTo(view, 1);
      moved.incrementAndGet();
    }
  }

  /** How often each has moved. */
  double perSecond() {
    return moved.get() / (double) series.size() / ((System.nanoTime() - began) / 1e9);
  }

  @Override
  public void close() {
    clock.cancel();
  }
}
