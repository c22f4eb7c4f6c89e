package io.tidecast.app.http;

import io.javalin.http.sse.SseClient;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server-sent events: a few times a second what has changed, to each listener.
 *
 * <p>Each listener has a thread of its own that looks for changes when the last event has gone out.
 * So nothing is queued: who reads slowly gets fewer events, each of them new, and holds up nobody.
 */
final class EventStream implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EventStream.class);

  static final int MAX_LISTENERS = 32;

  /** Ids named in one event at most. */
  static final int MAX_CHANGED = 100;

  private static final long CLOSE_SECONDS = 5;

  private static final long PERIOD_MILLIS = 350;

  /** Without changes there is still an event this often, which shows that the line is alive. */
  private static final long IDLE_MILLIS = 2_000;

  private final LiveView view;
  private final StateMonitor monitor;
  private final ThreadPoolExecutor listeners =
      new ThreadPoolExecutor(
          0, MAX_LISTENERS, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), EventStream::thread);

  EventStream(LiveView view, StateMonitor monitor) {
    this.view = view;
    this.monitor = monitor;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "live-page-events");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * One event.
   *
   * @param changed ids of series that changed since the last event: those asked for, or the newest
   *     {@link #MAX_CHANGED} of all
   */
  record Event(StateMonitor.State state, List<String> changed) {}

  boolean hasRoom() {
    return listeners.getActiveCount() < MAX_LISTENERS;
  }

  int size() {
    return listeners.getActiveCount();
  }

  /** Takes on a listener; {@code wanted} names the series that it wants to hear of, none: all. */
  void listen(SseClient client, List<String> wanted) {
    client.keepAlive();
    try {
      listeners.execute(() -> serve(client, wanted));
    } catch (RejectedExecutionException e) {
      client.close();
    }
  }

  private void serve(SseClient client, List<String> wanted) {
    try {
      long seen = 0;
      long sent = 0;
      while (!client.terminated()) {
        long revision = view.revision();
        long now = System.nanoTime();
        if (revision > seen || sent == 0 || now - sent > IDLE_MILLIS * 1_000_000) {
          client.sendEvent("state", Json.of(new Event(monitor.now(), changed(seen, wanted))));
          seen = revision;
          sent = now;
        }
        Thread.sleep(PERIOD_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (isThere(client)) {
        client.close();
      }
    }
  }

  /** Jetty takes the request of a listener that has hung up back; nothing can complete it then. */
  private static boolean isThere(SseClient client) {
    try {
      client.ctx().res().getStatus();
      return true;
    } catch (IllegalStateException gone) {
      return false;
    }
  }

  private List<String> changed(long since, List<String> wanted) {
    if (wanted.isEmpty()) {
      return view.changedSince(since, MAX_CHANGED);
    }
    return wanted.stream()
        .filter(id -> view.series(id).map(v -> v.revision() > since).orElse(false))
        .toList();
  }

  /** Ends every answer and waits for it: the server must not take their requests back before. */
  @Override
  public void close() {
    listeners.shutdownNow();
    try {
      if (!listeners.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        log.warn("{} listeners of the live page do not end", size());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
