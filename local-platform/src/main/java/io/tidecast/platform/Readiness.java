package io.tidecast.platform;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Asks the servers whether they serve. */
final class Readiness {
  private static final int MILLIS_PER_QUESTION = 3_000;

  private Readiness() {}

  /** Whether the broker counts itself among the cluster's live brokers. */
  static boolean ofBroker(int id, int port, Optional<PlatformSecurity> security) {
    // A bare connection first: Kafka's client would log each refused one as a warning.
    if (!connects(port)) {
      return false;
    }
    Map<String, Object> settings = new HashMap<>();
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, Ports.HOST + ":" + port);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, MILLIS_PER_QUESTION);
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, MILLIS_PER_QUESTION);
    security.ifPresent(s -> settings.putAll(s.kafkaProperties(PlatformUser.ADMIN)));
    try (Admin admin = Admin.create(settings)) {
      return admin.describeCluster().nodes().get().stream().anyMatch(node -> node.id() == id);
    } catch (ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean connects(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(Ports.address(port), MILLIS_PER_QUESTION);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Whether the registry lists its subjects and holds BACKWARD as the compatibility of new ones:
   * its own default is none at all, the Confluent registry's is BACKWARD.
   */
  static boolean ofRegistry(String url, Optional<PlatformSecurity> security) {
    HttpRequest subjects = request(url + "/subjects", security).GET().build();
    HttpRequest backward =
        request(url + "/config", security)
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .PUT(HttpRequest.BodyPublishers.ofString("{\"compatibility\":\"BACKWARD\"}"))
            .build();
    HttpClient.Builder builder = HttpClient.newBuilder();
    security.ifPresent(s -> builder.sslContext(s.sslContext()));
    HttpClient client = builder.build();
    try {
      return isOk(client, subjects) && isOk(client, backward);
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean isOk(HttpClient client, HttpRequest request)
      throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
  }

  private static HttpRequest.Builder request(String url, Optional<PlatformSecurity> security) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofMillis(MILLIS_PER_QUESTION));
    security.ifPresent(
        s -> request.header("Authorization", s.basicAuthorization(PlatformUser.ADMIN)));
    return request;
  }
}
