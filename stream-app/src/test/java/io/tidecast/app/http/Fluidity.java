package io.tidecast.app.http;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * How a page feels while somebody scrolls its list for five seconds.
 *
 * @param frames drawn
 * @param medianMillis from one frame to the next; 17 at sixty a second
 * @param slowMillis that a twentieth of the frames take longer than
 * @param longTaskMillis in tasks of more than 50 ms, during which nothing reacts
 * @param events of the event stream, as one page listens to it
 * @param eventBytes of them
 * @param otherBytes of everything else that the page fetched
 */
record Fluidity(
    int frames,
    double medianMillis,
    double slowMillis,
    double longTaskMillis,
    int events,
    double eventBytes,
    double otherBytes) {
  private static final double SECONDS = 5;

  private static final String MEASURE =
      """
      const [millis, done] = arguments;
      const list = document.getElementById('list');
      const began = performance.now();
      const frames = [];
      let longTasks = 0;
      let events = 0;
      let bytes = 0;
      new PerformanceObserver((l) => l.getEntries().forEach((e) => { longTasks += e.duration; })).observe({ entryTypes: ['longtask'] });
      const stop = new AbortController();
      fetch('/api/events?series=sensor-0000', { signal: stop.signal, headers: { Accept: 'text/event-stream' } }).then(async (r) => {
        const reader = r.body.getReader();
        for (;;) {
          const { value, done: over } = await reader.read();
          if (over) return;
          bytes += value.length;
          events += new TextDecoder().decode(value).split('\\n\\n').length - 1;
        }
      }).catch(() => {});
      let last = began;
      const frame = (now) => {
        frames.push(now - last);
        last = now;
        list.scrollTop += 60;
        if (now - began < millis) return requestAnimationFrame(frame);
        stop.abort();
        const other = performance.getEntriesByType('resource').filter((e) => e.startTime > began).reduce((a, e) => a + e.transferSize, 0);
        frames.sort((a, b) => a - b);
        done([frames.length, frames[frames.length >> 1], frames[Math.floor(0.95 * frames.length)], longTasks, events, bytes, other]);
      };
      requestAnimationFrame(frame);
      """;

  static Fluidity of(Browser browser) {
    List<?> measured =
        (List<?>)
            Objects.requireNonNull(
                browser.driver.executeAsyncScript(MEASURE, (long) (1000 * SECONDS)));
    double[] v = measured.stream().mapToDouble(x -> ((Number) x).doubleValue()).toArray();
    return new Fluidity((int) v[0], v[1], v[2], v[3], (int) v[4], v[5], v[6]);
  }

  double bytesAnEvent() {
    return eventBytes / events;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.0f frames/s (median %.0f ms, 95 %% within %.0f ms), %.0f ms/s in long tasks, %.1f"
            + " events/s of %.0f bytes, %.1f kB/s of lists and forecasts",
        frames / SECONDS,
        medianMillis,
        slowMillis,
        longTaskMillis / SECONDS,
        events / SECONDS,
        bytesAnEvent(),
        otherBytes / SECONDS / 1e3);
  }
}
