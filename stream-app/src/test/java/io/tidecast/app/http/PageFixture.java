package io.tidecast.app.http;

import io.tidecast.app.config.HttpConfig;
import io.tidecast.app.service.ServiceStatus;
import io.tidecast.app.service.ServiceStatus.Stage;
import io.tidecast.app.stream.TaskGauges;
import java.util.List;
import java.util.Optional;

/** The real server over a view that a test fills by hand. */
final class PageFixture implements AutoCloseable {
  final LiveView view = new LiveView();
  final TaskGauges gauges = new TaskGauges();
  final Metrics metrics;
  final StateMonitor monitor;
  private final HttpServer server;
  private volatile ServiceStatus status = running();

  PageFixture(Optional<String> token) {
    this(new HttpConfig("127.0.0.1", 0, token));
  }

  PageFixture(HttpConfig config) {
    monitor =
        new StateMonitor(
            () -> status, () -> Optional.of(gauges), Optional::empty, view, System::nanoTime);
    metrics = new Metrics(() -> status, () -> Optional.of(gauges), monitor, view);
    server = HttpServer.start(config, view, monitor, metrics);
  }

  static ServiceStatus running() {
    return status(Stage.RUNNING, "Kafka Streams is RUNNING", 0, 0);
  }

  static ServiceStatus status(Stage stage, String detail, long restored, long toRestore) {
    return new ServiceStatus(
        stage, detail, "device cpu, PyTorch 2.7.1, 1 thread", restored, toRestore, 3, 2_500_000, 7);
  }

  void set(ServiceStatus newStatus) {
    status = newStatus;
  }

  /** Paths of the interface, without the page's files. */
  List<String> apiRoutes() {
    return server.paths().stream()
        .filter(p -> !p.equals("/") && !p.equals("/openapi.yaml") && !p.startsWith("/page/"))
        .toList();
  }

  String url() {
    return server.url();
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
    metrics.close();
  }
}
