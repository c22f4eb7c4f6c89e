package io.tidecast.app.http;

import io.tidecast.app.UserException;
import io.tidecast.app.config.HttpConfig;
import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.service.ServiceStatus;
import io.tidecast.app.service.TidecastService;
import io.tidecast.app.stream.TaskGauges;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The live page with its HTTP interface, health checks and metrics. It is there before the service
 * is, and says so.
 */
public final class LivePage implements AutoCloseable {
  private final LiveView view = new LiveView();
  private final Metrics metrics;
  private final HttpServer server;
  private volatile @Nullable TidecastService service;
  private volatile @Nullable ViewFeed feed;

  private LivePage(HttpConfig config) {
    StateMonitor monitor =
        new StateMonitor(this::status, this::gauges, this::readerFault, view, System::nanoTime);
    metrics = new Metrics(this::status, this::gauges, monitor, view);
    server = HttpServer.start(config, view, monitor, metrics);
  }

  /**
   * Starts to listen, unless the configuration says otherwise.
   *
   * @param progress told where the page is
   * @return null where the page is switched off
   * @throws UserException if the port is taken or the address is not ours
   */
  public static @Nullable LivePage open(TidecastConfig config, Consumer<String> progress) {
    return config.http().map(http -> open(http, progress)).orElse(null);
  }

  private static LivePage open(HttpConfig config, Consumer<String> progress) {
    LivePage page = new LivePage(config);
    progress.accept("live page at " + page.url());
    if (config.token().isEmpty() && !Access.isLoopback(config.host())) {
      progress.accept(
          "anyone who reaches %s can read the forecasts: set http.token, or put it behind a proxy that asks"
              .formatted(config.host()));
    }
    return page;
  }

  /** Shows a service, once; closing it is left to whoever started it. */
  public void attach(TidecastService running, TidecastConfig config) {
    service = running;
    metrics.bind(running.streams());
    ViewFeed reader = new ViewFeed(config, view);
    feed = reader;
    reader.start();
  }

  /** Where a browser on this machine finds the page. */
  public String url() {
    return server.url();
  }

  private ServiceStatus status() {
    TidecastService s = service;
    return s == null ? ServiceStatus.starting() : s.status();
  }

  private Optional<TaskGauges> gauges() {
    return Optional.ofNullable(service).map(TidecastService::gauges);
  }

  private Optional<String> readerFault() {
    ViewFeed reader = feed;
    return reader == null ? Optional.empty() : reader.fault();
  }

  @Override
  public void close() {
    server.close();
    ViewFeed reader = feed;
    if (reader != null) {
      reader.close();
    }
    metrics.close();
  }
}
