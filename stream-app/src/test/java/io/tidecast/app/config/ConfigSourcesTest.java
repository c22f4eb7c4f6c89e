package io.tidecast.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidecast.app.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigSourcesTest {
  @TempDir private Path folder;

  @Test
  void flags_go_over_the_environment_and_that_over_the_file() throws IOException {
    Path file =
        yaml(
            """
            forecast:
              horizon: 12
              context: 48
              interval: 15m
            kafka:
              bootstrap.servers: file:1
            """);
    TidecastConfig config =
        new ConfigSources()
            .file(file)
            .environment(
                Map.of(
                    "TIDECAST_FORECAST_HORIZON",
                    "36",
                    "TIDECAST_FORECAST_CONTEXT",
                    "72",
                    "PATH",
                    "/bin"))
            .flag("forecast.horizon", 48)
            .load();

    assertThat(config.forecast().horizon()).isEqualTo(48);
    assertThat(config.forecast().context()).isEqualTo(72);
    assertThat(config.forecast().interval()).contains(Duration.ofMinutes(15));
    assertThat(config.bootstrapServers()).isEqualTo("file:1");
  }

  @Test
  void every_fault_is_named_at_once_with_key_value_rule_and_origin() throws IOException {
    Path file =
        yaml(
            """
            forecast:
              horzon: 12
              horizon: 0
              interval: soon
            engine.device: tpu
            """);
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> new ConfigSources().file(file).load())
        .satisfies(
            e ->
                assertThat(e.faults())
                    .hasSize(4)
                    .anySatisfy(
                        f ->
                            assertThat(f)
                                .contains("unknown setting 'forecast.horzon'", file.toString()))
                    .anySatisfy(f -> assertThat(f).contains("0", "forecast.horizon", "at least 1"))
                    .anySatisfy(
                        f -> assertThat(f).contains("soon", "forecast.interval", "not a duration"))
                    .anySatisfy(f -> assertThat(f).contains("tpu", "engine.device", "cpu")));
  }

  @Test
  void an_unknown_setting_is_answered_with_the_one_that_was_meant() {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> new ConfigSources().flag("horizon", 3).load())
        .withMessageContaining("did you mean 'forecast.horizon'");
  }

  @Test
  void kafka_and_registry_properties_pass_through_and_their_secrets_are_masked() {
    TidecastConfig config =
        new ConfigSources()
            .environment(Map.of("TIDECAST_KAFKA_SASL_JAAS_CONFIG", "org.x password=\"hush\";"))
            .flag("kafka.security.protocol", "SASL_SSL")
            .flag("kafka.producer.linger.ms", 7)
            .flag("schema.registry.basic.auth.user.info", "me:hush")
            .flag("schema.registry.url", "https://me:hush@registry:8081")
            .load();

    assertThat(config.kafkaProperties())
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("sasl.jaas.config", "org.x password=\"hush\";")
        .containsEntry("producer.linger.ms", "7");
    assertThat(config.clientProperties()).doesNotContainKey("producer.linger.ms");
    assertThat(config.registryProperties())
        .containsEntry("schema.registry.basic.auth.user.info", "me:hush");
    assertThat(config.masked().toString()).doesNotContain("hush").contains("SASL_SSL");
    assertThat(config.shownRegistryUrl()).doesNotContain("hush");
  }

  @Test
  void a_missing_or_broken_file_is_said_in_a_sentence() throws IOException {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> new ConfigSources().file(folder.resolve("none.yaml")))
        .withMessageContaining("none.yaml: no such file");
    Path broken = yaml("a: [1, 2\nb: 3\n");
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> new ConfigSources().file(broken))
        .withMessageContaining("not valid YAML");
    Path list = yaml("- a\n- b\n");
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> new ConfigSources().file(list))
        .withMessageContaining("got a list");
  }

  @Test
  void the_reference_names_every_setting() {
    assertThat(TidecastConfig.table().names())
        .allSatisfy(name -> assertThat(TidecastConfig.reference()).contains("`" + name + "`"));
  }

  @Test
  void durations_are_read_as_people_write_them() {
    assertThat(Durations.parse("250ms")).isEqualTo(Duration.ofMillis(250));
    assertThat(Durations.parse("15m")).isEqualTo(Duration.ofMinutes(15));
    assertThat(Durations.parse("PT1H30M")).isEqualTo(Duration.ofMinutes(90));
    for (String text : new String[] {"250ms", "90s", "15m", "1h", "7d"}) {
      assertThat(Durations.parse(Durations.format(Durations.parse(text))))
          .isEqualTo(Durations.parse(text));
    }
  }

  private Path yaml(String text) throws IOException {
    return Files.writeString(
        Files.createTempFile(folder, "t", ".yaml"), text, StandardCharsets.UTF_8);
  }
}
