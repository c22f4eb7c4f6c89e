package io.tidecast.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidecast.app.UserException;
import io.tidecast.app.config.HttpConfig;
import io.tidecast.app.config.TidecastConfig;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks a running service over its HTTP interface. */
final class ServiceClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final String base;
  private final Optional<String> token;

  private ServiceClient(String base, Optional<String> token) {
    this.base = base.replaceFirst("/+$", "");
    this.token = token;
  }

  /**
   * A client.
   *
   * @param url of the service; null: where the configuration has it on this machine
   */
  static ServiceClient of(@Nullable String url, TidecastConfig config) {
    HttpConfig http =
        config
            .http()
            .orElseThrow(
                () -> new UserException("http.enabled=false: the service cannot be asked"));
    if (url == null && http.port() == 0) {
      throw new UserException(
          "http.port is 0, so the service is at a port that only its log tells: name it with"
              + " --url");
    }
    String host = http.host().equals("0.0.0.0") ? "127.0.0.1" : http.host();
    return new ServiceClient(
        url == null ? "http://%s:%d".formatted(host, http.port()) : url, http.token());
  }

  String url() {
    return base;
  }

  /** A part of a path or query, percent-encoded. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * The answer to a GET. A service that is not ready answers as well.
   *
   * @throws UserException if there is none, or it is a refusal
   */
  JsonNode get(String path) {
    HttpResponse<String> answer = send(path);
    if (answer.statusCode() != 200 && answer.statusCode() != 503) {
      throw new UserException(
          "%s%s: the service answers %d: %s"
              .formatted(base, path, answer.statusCode(), fault(answer.body())));
    }
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new UserException(
          "%s%s: expected JSON; is this a Tidecast service?".formatted(base, path), e);
    }
  }

  private HttpResponse<String> send(String path) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(base + path)).timeout(TIMEOUT);
      token.ifPresent(t -> request.header("Authorization", "Bearer " + t));
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IllegalArgumentException e) {
      throw new UserException(
          "'%s' is no address: expected e.g. http://127.0.0.1:8600".formatted(base), e);
    } catch (IOException e) {
      throw new UserException(
          "nothing answers at %s: is the service running? Name its address with --url, or set http.host and http.port"
              .formatted(base),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking " + base, e);
    }
  }

  private static String fault(String body) {
    try {
      return JSON.readTree(body).path("error").asText(body);
    } catch (JsonProcessingException e) {
      return body.lines().findFirst().orElse("nothing");
    }
  }
}
