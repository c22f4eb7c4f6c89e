package io.tidecast.app.http;

import io.javalin.Javalin;
import io.javalin.http.HandlerType;
import io.javalin.util.JavalinBindException;
import io.tidecast.app.UserException;
import io.tidecast.app.config.HttpConfig;
import java.util.List;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Listens, and answers from the view. */
final class HttpServer implements AutoCloseable {
  private static final int THREADS = 16;

  private final Javalin javalin;
  private final EventStream events;
  private final HttpConfig config;

  private HttpServer(Javalin javalin, EventStream events, HttpConfig config) {
    this.javalin = javalin;
    this.events = events;
    this.config = config;
  }

  /**
   * Starts to listen.
   *
   * @throws UserException if the port is taken or the address is not ours
   */
  static HttpServer start(HttpConfig config, LiveView view, StateMonitor monitor, Metrics metrics) {
    EventStream events = new EventStream(view, monitor);
    metrics.watchListeners(events::size);
    Access access = new Access(config);
    Assets assets = new Assets();
    Api api = new Api(view, monitor, events, metrics);
    Javalin javalin =
        Javalin.create(
            c -> {
              c.startup.showJavalinBanner = false;
              c.startup.showOldJavalinVersionWarning = false;
              c.startup.startupWatcherEnabled = false;
              QueuedThreadPool threads = new QueuedThreadPool(THREADS, 2, 30_000);
              threads.setName("http");
              threads.setDaemon(true);
              c.jetty.threadPool = threads;
              c.jetty.modifyHttpConfiguration(h -> h.setSendServerVersion(false));
              c.routes.before(access::secure);
              c.routes.before(access::checkHost);
              assets.addTo(c.routes);
              api.addTo(c.routes, access);
            });
    try {
      javalin.start(config.host(), config.port());
    } catch (JavalinBindException e) {
      events.close();
      throw new UserException(
          "cannot listen on %s:%d: %s; choose another with http.host and http.port (0: any free port), or switch the page off with http.enabled=false"
              .formatted(config.host(), config.port(), rootMessage(e)),
          e);
    }
    return new HttpServer(javalin, events, config);
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  int port() {
    return javalin.port();
  }

  /** Paths that answer a GET, in Javalin's writing. */
  List<String> paths() {
    return javalin.unsafe.internalRouter.allHttpHandlers().stream()
        .filter(h -> h.endpoint.method.equals(HandlerType.GET))
        .map(h -> h.endpoint.path)
        .toList();
  }

  /** Where a browser on this machine finds the page. */
  String url() {
    String host = config.host();
    return "http://%s:%d/"
        .formatted(
            host.equals("0.0.0.0") || host.equals("::")
                ? "127.0.0.1"
                : host.contains(":") ? "[" + host + "]" : host,
            port());
  }

  @Override
  public void close() {
    events.close();
    javalin.stop();
  }
}
