package io.tidecast.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidecast.app.config.ConfigSources;
import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.feed.ObservationProducer;
import io.tidecast.app.feed.Reading;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/** The image of the service beside a broker and a registry in containers, killed and replaced. */
class ContainersIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Test
  void the_image_forecasts_and_a_container_that_takes_over_from_a_killed_one_goes_on()
      throws Exception {
    try (ComposedContainers containers = ComposedContainers.start()) {
      TidecastConfig config =
          new ConfigSources()
              .flag("kafka.bootstrap.servers", containers.bootstrapServers())
              .flag("schema.registry.url", containers.registryUrl())
              .flag("topics.partitions", 1)
              .load();
      try (GenericContainer<?> service = containers.service()) {
        service.start();
        assertThat(service.execInContainer("id", "-u").getStdout().strip()).isEqualTo("10001");
        assertThat(get(service, "/metrics")).contains("tidecast_health{state=\"running\"} 1.0");
        produce(config, 0, 60);
        awaitForecasts(config, 59);
        DockerClientFactory.instance().client().killContainerCmd(service.getContainerId()).exec();
      }
      produce(config, 60, 90);
      // Nothing of the first one is left but what is in Kafka.
      try (GenericContainer<?> service = containers.service()) {
        service.start();
        awaitForecasts(config, 89);
        assertThat(get(service, "/api/series")).contains("\"total\":1");
        DockerClientFactory.instance().client().stopContainerCmd(service.getContainerId()).exec();
        assertThat(service.getLogs()).contains("stopping");
      }
      try (Committed committed = Committed.forecastsOf(config)) {
        Map<String, List<Long>> times = committed.issueTimes(config);
        assertThat(times.get("a"))
            .isEqualTo(Committed.eachOnce(times.get("a")))
            .hasSizeGreaterThan(85);
      }
    }
  }

  private static void awaitForecasts(TidecastConfig config, int row) {
    try (Committed committed = Committed.forecastsOf(config)) {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(200))
          .until(() -> committed.hasForecastsUpTo(row, 1, config));
    }
  }

  private static void produce(TidecastConfig config, int from, int to) {
    try (ObservationProducer producer = new ObservationProducer(config)) {
      for (int row = from; row < to; row++) {
        producer.send(List.of(new Reading("a", row * 60_000L, Math.sin(row / 4.0))));
      }
      producer.flush();
    }
  }

  private static String get(GenericContainer<?> service, String path) throws Exception {
    URI uri =
        URI.create(
            "http://%s:%d%s".formatted(service.getHost(), service.getMappedPort(8600), path));
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
