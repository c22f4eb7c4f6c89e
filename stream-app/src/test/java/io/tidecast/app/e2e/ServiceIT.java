package io.tidecast.app.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidecast.app.Tidecast;
import io.tidecast.app.config.ConfigSources;
import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.feed.ObservationProducer;
import io.tidecast.app.feed.Reading;
import io.tidecast.app.http.LivePage;
import io.tidecast.app.service.KafkaTopics;
import io.tidecast.app.service.TidecastService;
import io.tidecast.platform.LocalPlatform;
import io.tidecast.platform.LocalPlatformSettings;
import io.tidecast.schemas.avro.Forecast;
import io.tidecast.schemas.avro.LeadTime;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service against a real broker and a real registry, with real processes and a real SIGKILL.
 */
class ServiceIT {
  private static final int HORIZON = 6;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final List<String> SERIES = List.of("a", "b", "c");

  private static LocalPlatform platform;
  @TempDir private Path folder;

  @BeforeAll
  static void startPlatform() {
    platform = LocalPlatform.start(LocalPlatformSettings.temporary());
  }

  @AfterAll
  static void stopPlatform() {
    platform.close();
  }

  @Test
  void each_observation_is_forecast_once_and_each_truth_is_scored_once() {
    TidecastConfig config = config("once-");
    List<Forecast> forecasts;
    try (TidecastService service = TidecastService.start(config, stage -> {})) {
      produce(config, 0, 150);
      forecasts = forecastsUpTo(config, 150);
      assertThat(service.isReady()).isTrue();
    }
    int perSeries = assertOnceEach(forecasts, 150);
    assertThat(forecasts)
        .allSatisfy(
            f -> {
              assertThat(f.getLeadTimes()).hasSize(HORIZON);
              for (LeadTime lead : f.getLeadTimes()) {
                assertThat(lead.getQuantiles()).hasSameSizeAs(f.getQuantileLevels()).isSorted();
                assertThat(lead.getEpistemicStd()).isNotNegative();
              }
            });
    try (Committed scores = new Committed(config, KafkaTopics.topics(config).scores().name())) {
      assertThat(scores.records()).hasSize(3 * (perSeries - 1));
    }
  }

  @Test
  void a_service_killed_in_mid_stream_goes_on_as_if_it_had_never_stopped() throws Exception {
    int rows = 1500;
    TidecastConfig quiet = config("quiet-");
    List<Forecast> expected;
    try (TidecastService service = TidecastService.start(quiet, stage -> {})) {
      produce(quiet, 0, rows);
      expected = forecastsUpTo(quiet, rows);
    }

    TidecastConfig killed = config("killed-");
    produce(killed, 0, rows);
    for (int kill = 1; kill <= 3; kill++) {
      Process service = startProcess(killed);
      int enough = kill * 3 * rows / 6;
      try (Committed forecasts = Committed.forecastsOf(killed)) {
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(20))
            .until(() -> forecasts.records().size() >= enough || !service.isAlive());
        assertThat(service.isAlive()).as("alive until it is killed").isTrue();
        service.destroyForcibly().waitFor();
        assertThat(forecasts.records()).as("killed before the end").hasSizeLessThan(3 * rows - 100);
      }
    }
    Process last = startProcess(killed);
    List<Forecast> forecasts = forecastsUpTo(killed, rows);
    last.destroy();
    assertThat(last.waitFor(2, TimeUnit.MINUTES)).isTrue();

    assertOnceEach(forecasts, rows);
    assertThat(forecasts).isEqualTo(expected);
  }

  @Test
  void bad_input_goes_to_the_dead_letters_with_its_reason_and_the_stream_goes_on()
      throws Exception {
    TidecastConfig config = config("bad-");
    try (TidecastService service = TidecastService.start(config, stage -> {})) {
      produce(config, 0, 60);
      String topic = KafkaTopics.topics(config).observations().name();
      try (KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(
              config.clientProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
        for (byte[] garbage : List.of(new byte[] {1, 2, 3}, new byte[] {0, 0, 15, 66, 64, 1})) {
          producer.send(new ProducerRecord<>(topic, "a".getBytes(UTF_8), garbage)).get();
        }
      }
      try (ObservationProducer producer = new ObservationProducer(config)) {
        producer.send(
            List.of(new Reading("a", 59 * 60_000L, 9.0))); // a duplicate: the last one wins
        producer.send(List.of(new Reading("a", -1L, 1.0)));
        producer.send(
            List.of(new Reading("a", 60_000L, 1.0))); // nearly an hour behind: a correction
        producer.flush();
      }
      produce(config, 60, 130);
      producer(config, new Reading("a", 60_000L, 1.0)); // more than an hour behind
      produce(config, 130, 140);
      assertOnceEach(forecastsUpTo(config, 140), 140);
      assertThat(service.gauges().refused())
          .containsOnlyKeys("MALFORMED", "IMPOSSIBLE_TIMESTAMP", "TOO_LATE");
    }
    try (Committed letters =
        new Committed(config, KafkaTopics.topics(config).deadLetters().name())) {
      assertThat(letters.records())
          .hasSize(4)
          .allSatisfy(
              r -> {
                assertThat(r.headers().lastHeader("tidecast.reason")).isNotNull();
                assertThat(new String(r.headers().lastHeader("tidecast.detail").value(), UTF_8))
                    .contains("offset");
              });
    }
  }

  @Test
  void the_live_page_shows_what_the_service_learns_from_real_topics() throws Exception {
    TidecastConfig config = config("page-");
    int rows = 20;
    try (LivePage page = Objects.requireNonNull(LivePage.open(config, stage -> {}))) {
      assertThat(get(page, "health/ready").statusCode()).isEqualTo(503);
      try (TidecastService service = TidecastService.start(config, stage -> {})) {
        page.attach(service, config);
        produce(config, 0, rows);
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(get(page, "api/series/c/forecast").body())
                        .contains("\"issuedAt\":" + (rows - 1) * 60_000L));
        assertThat(get(page, "api/series").body()).contains("\"total\":3");
        assertThat(get(page, "health/ready").statusCode()).isEqualTo(200);
        String metrics = get(page, "metrics").body();
        assertThat(metrics).contains("tidecast_observations_accepted_total " + 3.0 * rows);
        assertThat(documentedKafkaMetrics())
            .hasSizeGreaterThan(10)
            .isSubsetOf(kafkaMetrics(service));
      }
      assertThat(get(page, "health/live").statusCode()).isEqualTo(503);
    }
  }

  /** Names and labels in the table of docs/metrics.md. */
  private static List<String> documentedKafkaMetrics() throws IOException {
    return Pattern.compile("(?m)^\\| `(kafka_\\w+)` \\| \\w+ \\| ([^|]+) \\|")
        .matcher(Files.readString(Path.of("..", "docs", "metrics.md")))
        .results()
        .flatMap(m -> Stream.of(m.group(2).split(", ")).map(l -> m.group(1) + l.replace('`', ' ')))
        .map(ServiceIT::plain)
        .toList();
  }

  /** Those that there are, as Micrometer names them for Prometheus; it looks once a minute. */
  private static List<String> kafkaMetrics(TidecastService service) {
    return service.streams().metrics().keySet().stream()
        .flatMap(
            m ->
                m.tags().keySet().stream()
                    .map(
                        label ->
                            "kafka-%s-%s %s"
                                .formatted(
                                    m.group().replaceFirst("-metrics$", ""), m.name(), label)))
        .map(ServiceIT::plain)
        .toList();
  }

  /** Prometheus' names of counters end in {@code _total}, whatever Kafka calls them. */
  private static String plain(String nameAndLabel) {
    return nameAndLabel.strip().replace('-', '_').replaceFirst("_total(?= )", "");
  }

  private static HttpResponse<String> get(LivePage page, String path)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(page.url() + path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private TidecastConfig config(String prefix) {
    return new ConfigSources()
        .flags(
            Map.of(
                "application-id",
                prefix + "service",
                "state-dir",
                folder.resolve(prefix + "state").toString(),
                "kafka.bootstrap.servers",
                platform.bootstrapServers(),
                "schema.registry.url",
                platform.registryUrl(),
                "topics.prefix",
                prefix,
                "topics.partitions",
                "1",
                "forecast.horizon",
                Integer.toString(HORIZON),
                "forecast.context",
                "16",
                "forecast.interval",
                "1m"))
        // Cut by the data alone, so that two runs can be compared bit for bit.
        .flag("forecast.batch-timeout", "0s")
        .flag("engine.device", "cpu")
        .flag("http.port", "0")
        .load();
  }

  private static void produce(TidecastConfig config, int from, int to) {
    try (KafkaTopics topics = KafkaTopics.connect(config);
        ObservationProducer producer = new ObservationProducer(config)) {
      topics.ensure(stage -> {});
      Random noise = new Random(from);
      for (int t = from; t < to; t++) {
        List<Reading> row = new ArrayList<>();
        for (String series : SERIES) {
          row.add(new Reading(series, t * 60_000L, Math.sin(t / 4.0) + noise.nextGaussian() / 5));
        }
        producer.send(row);
      }
      producer.flush();
    }
  }

  private static void producer(TidecastConfig config, Reading reading) {
    try (ObservationProducer producer = new ObservationProducer(config)) {
      producer.send(List.of(reading));
      producer.flush();
    }
  }

  /** Waits until each series is forecast from its last row; then everything in the topic. */
  private static List<Forecast> forecastsUpTo(TidecastConfig config, int rows) {
    long last = (rows - 1) * 60_000L;
    try (Committed committed = Committed.forecastsOf(config)) {
      return await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(100))
          .until(
              () -> committed.forecasts(config),
              forecasts ->
                  SERIES.stream()
                      .allMatch(
                          s ->
                              forecasts.stream()
                                  .anyMatch(
                                      f -> f.getSeriesId().equals(s) && f.getIssuedAt() == last)));
    }
  }

  /**
   * Checks that the forecasts of each series follow each other without a gap or a repetition.
   *
   * @return forecasts of each series
   */
  private static int assertOnceEach(List<Forecast> forecasts, int rows) {
    List<Long> expected = null;
    for (String series : SERIES) {
      List<Long> times =
          forecasts.stream()
              .filter(f -> f.getSeriesId().equals(series))
              .map(Forecast::getIssuedAt)
              .toList();
      if (expected == null) {
        expected =
            LongStream.range(times.get(0) / 60_000L, rows).map(t -> t * 60_000L).boxed().toList();
        assertThat(expected).as("forecasts from early on").hasSizeGreaterThan(rows - 40);
      }
      assertThat(times).as(series).isEqualTo(expected);
    }
    return forecasts.size() / SERIES.size();
  }

  private Process startProcess(TidecastConfig config) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx512m",
            "-XX:TieredStopAtLevel=1",
            "-Dai.djl.offline=true",
            "-DOPT_OUT_TRACKING=true"));
    command.addAll(
        List.of(
            "-Dtidecast.log=" + folder.resolve("service"),
            "-cp",
            System.getProperty("java.class.path")));
    command.addAll(List.of(Tidecast.class.getName(), "run"));
    config.given().forEach((name, value) -> command.addAll(List.of("--set", name + "=" + value)));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("OMP_WAIT_POLICY", "passive");
    return builder
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("run.out").toFile()))
        .start();
  }
}
