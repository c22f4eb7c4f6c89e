package io.tidecast.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidecast.app.UserException;
import io.tidecast.app.cli.CommandRun;
import io.tidecast.app.config.ConfigSources;
import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.feed.ObservationProducer;
import io.tidecast.app.feed.Reading;
import io.tidecast.app.service.KafkaTopics;
import io.tidecast.app.service.TidecastService;
import io.tidecast.platform.LocalPlatform;
import io.tidecast.platform.LocalPlatformSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResetIT {
  private static final int ROWS = 40;

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

  @ParameterizedTest
  @ValueSource(strings = {"classic", "streams"})
  void a_service_that_was_reset_learns_everything_again_and_no_other_is_touched(String protocol)
      throws Exception {
    TidecastConfig config = config(protocol);
    String id = config.applicationId();
    List<String> changelogs = List.of(id + "-journal-changelog", id + "-snapshot-changelog");
    String foreign = id + "-two-journal-changelog";
    try (TidecastService service = TidecastService.start(config, stage -> {})) {
      produce(config);
      awaitForecasts(config, 1);
      CommandRun running = reset(config, "--yes");
      assertThat(running.code()).isEqualTo(2);
      assertThat(running.err()).contains("'" + id + "' is running", "stop every instance first");
    }
    List<String> first = forecasts(config);

    try (Admin admin = Admin.create(config.clientProperties())) {
      admin.createTopics(List.of(new NewTopic(foreign, 1, (short) 1))).all().get();
      TopicPartition input = new TopicPartition(id + ".observations", 0);
      admin
          .alterConsumerGroupOffsets(id + "-two", Map.of(input, new OffsetAndMetadata(7)))
          .all()
          .get();

      assertThat(reset(config, "--dry-run").out())
          .contains(changelogs)
          .contains(ROWS + " records read", config.stateDir().resolve(id).toString())
          .doesNotContain(foreign, "forgotten");
      assertThat(answered("n\n", config).out()).contains("[y/N]", "nothing was removed");
      assertThat(answered("", config).err()).contains("say --yes in scripts");
      assertThat(admin.listTopics().names().get()).containsAll(changelogs);

      Path json = folder.resolve("reset.json");
      assertThat(reset(config, "--yes", "--json", json.toString()).out()).contains("forgotten");
      JsonNode report = new ObjectMapper().readTree(json.toFile());
      assertThat(report.get("removed").asBoolean()).isTrue();
      assertThat(report.get("internalTopics")).hasSize(2);
      assertThat(report.get("offsets").get(0).get("offset").asLong()).isEqualTo(ROWS);

      assertThat(admin.listTopics().names().get())
          .doesNotContainAnyElementsOf(changelogs)
          .contains(foreign, id + ".observations", id + ".forecasts");
      assertThat(admin.listGroups().all().get())
          .extracting(group -> group.groupId())
          .doesNotContain(id)
          .contains(id + "-two");
      assertThat(config.stateDir().resolve(id)).doesNotExist();
    }
    assertThat(reset(config, "--yes").out()).contains("nothing to reset");

    try (TidecastService service = TidecastService.start(config, stage -> {})) {
      awaitForecasts(config, 2);
      assertThat(service.gauges().accepted()).isEqualTo(ROWS);
    }
    assertThat(forecasts(config))
        .startsWith(first.toArray(String[]::new))
        .endsWith(first.toArray(String[]::new))
        .hasSize(2 * first.size());

    try (Admin admin = Admin.create(config.clientProperties())) {
      admin.deleteTopics(changelogs).all().get();
      await()
          .until(() -> admin.listTopics().names().get(), names -> !names.containsAll(changelogs));
    }
    assertThatThrownBy(() -> TidecastService.start(config, stage -> {}))
        .as("its group is committed, its memory gone")
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'" + changelogs.get(0) + "'")
        .hasMessageContaining("is missing")
        .hasMessageContaining("./tidecast reset");
  }

  private static void produce(TidecastConfig config) {
    try (KafkaTopics topics = KafkaTopics.connect(config);
        ObservationProducer producer = new ObservationProducer(config)) {
      topics.ensure(stage -> {});
      for (int row = 0; row < ROWS; row++) {
        producer.send(List.of(new Reading("a", row * 60_000L, Math.sin(row / 4.0))));
      }
      producer.flush();
    }
  }

  /** Waits until the last row has been forecast from so many times. */
  private static void awaitForecasts(TidecastConfig config, int times) {
    long last = (ROWS - 1) * 60_000L;
    try (Committed committed = Committed.forecastsOf(config)) {
      await()
          .atMost(Duration.ofMinutes(1))
          .until(
              () ->
                  committed.forecasts(config).stream().filter(f -> f.getIssuedAt() == last).count()
                      == times);
    }
  }

  private static List<String> forecasts(TidecastConfig config) {
    try (Committed committed = Committed.forecastsOf(config)) {
      return committed.forecasts(config).stream().map(Object::toString).toList();
    }
  }

  private CommandRun reset(TidecastConfig config, String... args) {
    return Typed.at(platform, typed(config, args));
  }

  private CommandRun answered(String answer, TidecastConfig config) {
    return Typed.answering(answer, platform, typed(config));
  }

  private static String[] typed(TidecastConfig config, String... args) {
    List<String> all = new ArrayList<>(List.of("reset"));
    all.addAll(List.of("--set", "application-id=" + config.applicationId()));
    all.addAll(List.of("--set", "state-dir=" + config.stateDir()));
    all.addAll(List.of(args));
    return all.toArray(String[]::new);
  }

  private TidecastConfig config(String protocol) {
    return new ConfigSources()
        .flag("application-id", "reset-" + protocol)
        .flag("topics.prefix", "reset-" + protocol + ".")
        .flag("state-dir", folder.resolve("state"))
        .flag("kafka.bootstrap.servers", platform.bootstrapServers())
        .flag("kafka.group.protocol", protocol)
        .flag("schema.registry.url", platform.registryUrl())
        .flag("topics.partitions", 1)
        .flag("forecast.horizon", 6)
        .flag("forecast.context", 16)
        .flag("forecast.interval", "1m")
        // Cut by the data alone, so that both runs forecast alike.
        .flag("forecast.batch-timeout", "0s")
        .flag("engine.device", "cpu")
        .load();
  }
}
