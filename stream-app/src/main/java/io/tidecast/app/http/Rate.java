package io.tidecast.app.http;

import java.util.ArrayDeque;
import java.util.Deque;

/** How fast a counter has grown lately. Not thread-safe. */
final class Rate {
  private static final long WINDOW_NANOS = 10_000_000_000L;

  private final Deque<Sample> samples = new ArrayDeque<>();
  private int source = -1;

  private record Sample(long at, long count) {}

  /**
   * Notes the counter.
   *
   * @param from what it counts over; where that changes, what was counted before says nothing
   */
  void note(long now, long count, int from) {
    if (from != source) {
      samples.clear();
      source = from;
    }
    samples.addLast(new Sample(now, count));
    while (samples.size() > 2 && now - samples.getFirst().at() > WINDOW_NANOS) {
      samples.removeFirst();
    }
  }

  /** Growth a second over the last ten seconds; 0 where nothing is known. */
  double perSecond() {
    Sample first = samples.peekFirst();
    Sample last = samples.peekLast();
    if (first == null || last == null || last.at() <= first.at()) {
      return 0;
    }
    return (last.count() - first.count()) / ((last.at() - first.at()) / 1e9);
  }
}
