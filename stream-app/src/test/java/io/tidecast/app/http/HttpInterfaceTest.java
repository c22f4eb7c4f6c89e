package io.tidecast.app.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import io.tidecast.app.UserException;
import io.tidecast.app.config.HttpConfig;
import io.tidecast.app.service.ServiceStatus.Stage;
import io.tidecast.app.stream.GaugeFeeder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The HTTP interface over a real socket, compared with openapi.yaml. */
class HttpInterfaceTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private PageFixture page = new PageFixture(Optional.empty());

  @AfterEach
  void close() {
    page.close();
  }

  @Test
  void every_answer_has_the_shape_that_openapi_promises() throws Exception {
    OpenApi api = OpenApi.read();
    new SyntheticSeries("a/b ü", 1).addTo(page.view, 40);
    new SyntheticSeries("new", 2).addTo(page.view, 1);
    api.check("/api/models", "200", get("/api/models"));
    SyntheticSamples.addTo(page.view);
    GaugeFeeder.feed(page.gauges, 5, "TOO_LATE", 2);
    api.check("/api/series", "200", get("/api/series"));
    api.check("/api/series", "400", get("/api/series?limit=0"));
    api.check("/api/series/{id}/forecast", "200", get(forecast("a/b ü")));
    api.check("/api/series/{id}/forecast", "200", get(forecast("new")));
    api.check("/api/series/{id}/forecast", "404", get(forecast("none")));
    api.check("/api/models", "200", get("/api/models"));
    api.check("/api/events", "406", get("/api/events"));
    api.check("/health/live", "200", get("/health/live"));
    api.check("/health/ready", "200", get("/health/ready"));
    try (Stream<String> events = events("/api/events")) {
      String data = events.filter(l -> l.startsWith("data:")).findFirst().orElseThrow();
      api.checkEvent("/api/events", JSON.readTree(data.substring("data:".length())));
    }
  }

  /** Javalin would hand what the handler of exceptions throws to it again, without end. */
  @Test
  void nothing_can_be_asked_of_a_request_that_is_gone_and_nothing_is() {
    Context gone =
        (Context)
            Proxy.newProxyInstance(
                Context.class.getClassLoader(),
                new Class<?>[] {Context.class},
                (proxy, method, args) -> {
                  throw new IllegalStateException("recycled");
                });
    assertThatCode(() -> Api.unexpected(new IllegalStateException("recycled"), gone))
        .doesNotThrowAnyException();
  }

  @Test
  void listeners_that_hang_up_leave_nothing_behind() throws Exception {
    try (MovingSeries moving = new MovingSeries(page.view, 20)) {
      for (int i = 0; i < 60; i++) {
        try (Socket socket = listener()) {
          socket.setSoLinger(true, 0);
        }
      }
      await().atMost(Duration.ofSeconds(20)).until(() -> listeners() == 0);
    }
  }

  @Test
  void a_server_that_stops_sends_its_listeners_away() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      sockets.add(listener());
    }
    page.close();
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(Thread::isAlive)
        .extracting(Thread::getName)
        .doesNotContain("live-page-events");
    for (Socket socket : sockets) {
      socket.close();
    }
    page = new PageFixture(Optional.empty());
  }

  /** A connection on which the first event comes. */
  private Socket listener() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), page.port());
    String request =
        "GET /api/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(UTF_8));
    assertThat(socket.getInputStream().read()).isPositive();
    return socket;
  }

  private double listeners() {
    return page.metrics
        .scrape()
        .lines()
        .filter(l -> l.startsWith("tidecast_page_listeners "))
        .mapToDouble(l -> Double.parseDouble(l.substring(l.indexOf(' ') + 1)))
        .sum();
  }

  @Test
  void what_is_missing_is_named_with_what_to_do() throws Exception {
    assertThat(get(forecast("none")).body())
        .contains("series 'none' is not known; /api/series lists those that are");
    page.view.add(new SyntheticSeries("silent", 1).score(1, 2.0, false));
    assertThat(get(forecast("silent")).body()).contains("series 'silent' has no forecast yet");
    assertThat(get("/api/nothing").body()).contains("nothing at /api/nothing; /openapi.yaml lists");
  }

  @Test
  void openapi_lists_every_route_and_no_other() {
    assertThat(OpenApi.read().paths()).containsExactlyInAnyOrderElementsOf(page.apiRoutes());
  }

  @Test
  void the_list_is_searched_ordered_and_paged() throws Exception {
    for (String id : new String[] {"Pump-2", "pump-1", "fan"}) {
      new SyntheticSeries(id, 1).addTo(page.view, 62);
    }
    new SyntheticSeries("calm", 1).addTo(page.view, 40);
    JsonNode found = json(get("/api/series?search=PUMP&offset=1&limit=5"));
    assertThat(found.get("total").asInt()).isEqualTo(4);
    assertThat(found.get("matched").asInt()).isEqualTo(2);
    assertThat(found.get("series").findValuesAsText("id")).containsExactly("pump-1");
    JsonNode bySurprise = json(get("/api/series?order=surprise&limit=4"));
    assertThat(bySurprise.get("series").findValuesAsText("id").size()).isEqualTo(4);
    double before = 1;
    for (JsonNode row : bySurprise.get("series")) {
      assertThat(row.get("surprise").asDouble()).isLessThanOrEqualTo(before);
      before = row.get("surprise").asDouble();
    }
    assertThat(error(get("/api/series?order=size"), 400)).contains("expected id, surprise");
  }

  @Test
  void a_forecast_carries_its_bands_and_the_past_with_what_came() throws Exception {
    new SyntheticSeries("a", 1).addTo(page.view, 40);
    JsonNode f = json(get(forecast("a")));
    assertThat(f.get("issuedAt").asLong()).isEqualTo(SyntheticSeries.time(39));
    JsonNode history = f.get("history");
    // 39 truths behind the first observation, and the newest one-step forecast.
    assertThat(history.get("time").size()).isEqualTo(40);
    assertThat(history.get("truth").get(38).isNumber()).isTrue();
    assertThat(history.get("truth").get(39).isNull()).isTrue();
    for (JsonNode band : f.get("bands")) {
      for (int h = 0; h < SyntheticSeries.HORIZON; h++) {
        assertThat(band.get("lower").get(h).asDouble())
            .isLessThan(f.get("leadTimes").get(h).get("median").asDouble())
            .isLessThan(band.get("upper").get(h).asDouble());
      }
    }
  }

  @Test
  void readiness_tells_restoring_from_running_from_stopped() throws Exception {
    page.set(PageFixture.status(Stage.RESTORING, "REBALANCING", 10, 40));
    HttpResponse<String> restoring = get("/health/ready");
    assertThat(restoring.statusCode()).isEqualTo(503);
    assertThat(json(restoring).get("restore").get("of").asInt()).isEqualTo(40);
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void a_stopped_stream_is_not_live_and_says_why() throws Exception {
    page.set(PageFixture.status(Stage.FAILED, "not authorized", 0, 0));
    HttpResponse<String> live = get("/health/live");
    assertThat(live.statusCode()).isEqualTo(503);
    assertThat(json(live).get("reasons").get(0).asText()).contains("not authorized");
  }

  @Test
  void with_a_token_only_its_owner_reads_and_health_stays_open() throws Exception {
    page.close();
    page = new PageFixture(Optional.of("s3cret"));
    for (String path : new String[] {"/api/series", "/api/models", "/api/events", "/metrics"}) {
      assertThat(error(get(path), 401)).as(path).contains("token");
      assertThat(get(path, "Authorization", "Bearer s3cre").statusCode()).as(path).isEqualTo(401);
    }
    assertThat(get("/api/series", "Authorization", "Bearer s3cret").statusCode()).isEqualTo(200);
    assertThat(get("/metrics", "Authorization", "Bearer s3cret").statusCode()).isEqualTo(200);
    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(get("/").statusCode()).isEqualTo(200);
  }

  @Test
  void a_page_elsewhere_that_points_its_own_name_here_is_refused() throws Exception {
    assertThat(statusFor("evil.example:" + page.port())).contains("403");
    assertThat(statusFor("localhost:" + page.port())).contains("200");
  }

  @Test
  void every_answer_forbids_other_scripts_frames_and_guesses_at_its_type() throws Exception {
    for (String path : new String[] {"/", "/api/series", "/none", "/page/page.js", "/metrics"}) {
      HttpResponse<String> r = get(path);
      assertThat(r.headers().firstValue("Content-Security-Policy").orElse(""))
          .as(path)
          .contains("default-src 'none'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(r.headers().firstValue("X-Content-Type-Options")).as(path).hasValue("nosniff");
      assertThat(r.headers().firstValue("Server")).as(path).isEmpty();
    }
  }

  @Test
  void nothing_but_the_page_can_be_fetched_from_the_class_path() throws Exception {
    for (String path :
        new String[] {"/page/../Tidecast.class", "/page/%2e%2e/x", "/page/openapi.yaml", "/x"}) {
      assertThat(get(path).statusCode()).as(path).isIn(400, 404);
    }
  }

  @Test
  void a_taken_port_is_said_with_the_setting_to_change() {
    HttpConfig taken = new HttpConfig("127.0.0.1", page.port(), Optional.empty());
    assertThatThrownBy(() -> new PageFixture(taken))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("http.port")
        .hasMessageContaining(Integer.toString(page.port()));
  }

  @Test
  void events_name_the_series_asked_for_when_it_changes() throws Exception {
    SyntheticSeries a = new SyntheticSeries("a", 1);
    SyntheticSeries b = new SyntheticSeries("b", 2);
    a.addTo(page.view, 2);
    b.addTo(page.view, 2);
    try (Stream<String> lines = events("/api/events?series=b")) {
      var data = lines.filter(l -> l.startsWith("data:")).map(l -> l.substring(5)).iterator();
      assertThat(JSON.readTree(data.next()).get("changed").toString()).isEqualTo("[\"b\"]");
      a.addTo(page.view, 1);
      assertThat(JSON.readTree(data.next()).get("changed").toString()).isEqualTo("[]");
      b.addTo(page.view, 1);
      JsonNode changed = JSON.readTree(data.next()).get("changed");
      assertThat(changed.toString()).isEqualTo("[\"b\"]");
    }
  }

  private static String forecast(String id) {
    return "/api/series/" + URLEncoder.encode(id, UTF_8).replace("+", "%20") + "/forecast";
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private Stream<String> events(String path) throws Exception {
    return client
        .send(
            HttpRequest.newBuilder(uri(path)).header("Accept", "text/event-stream").build(),
            BodyHandlers.ofLines())
        .body();
  }

  private URI uri(String path) {
    return URI.create(page.url().replaceFirst("/$", "") + path);
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    return JSON.readTree(response.body());
  }

  private static String error(HttpResponse<String> response, int status) throws IOException {
    assertThat(response.statusCode()).isEqualTo(status);
    return json(response).get("error").asText();
  }

  /** The first line of the answer to a request under a host name that HttpClient would not send. */
  private String statusFor(String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), page.port());
        InputStream in = socket.getInputStream()) {
      socket
          .getOutputStream()
          .write(
              "GET /api/series HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                  .formatted(host)
                  .getBytes(UTF_8));
      return String.valueOf(new BufferedReader(new InputStreamReader(in, UTF_8)).readLine());
    }
  }
}
