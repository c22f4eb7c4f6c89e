package io.tidecast.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidecast.app.config.ConfigSources;
import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.http.LivePage;
import io.tidecast.app.service.TidecastService;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import org.awaitility.Awaitility;

/** The live page beside a service of labelled samples. */
final class PageOfSamples {
  private PageOfSamples() {}

  /**
   * Waits until the page's interface tells of every prediction of a classifier and of what those
   * with a label were worth.
   */
  static void await(TidecastService service, TidecastConfig config, int predictions, int labels)
      throws Exception {
    TidecastConfig open =
        new ConfigSources()
            .flags(config.given())
            .flag("http.enabled", true)
            .flag("http.port", 0)
            .load();
    try (LivePage page = Objects.requireNonNull(LivePage.open(open, line -> {}))) {
      page.attach(service, open);
      URI models = URI.create(page.url() + "api/models");
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () -> {
                JsonNode model = get(models).at("/labelled/0");
                assertThat(model.path("predictions").asInt()).isEqualTo(predictions);
                assertThat(model.at("/worth/samples").asInt()).isEqualTo(labels);
                assertThat(model.at("/worth/accuracy").asDouble()).isGreaterThan(.85);
                assertThat(model.get("calibration")).isNotEmpty();
                assertThat(model.at("/recent/0/probabilities").size()).isEqualTo(2);
              });
    }
  }

  private static JsonNode get(URI address) throws Exception {
    return new ObjectMapper()
        .readTree(
            HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body());
  }
}
