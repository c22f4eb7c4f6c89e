package io.tidecast.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tidecast.app.Tidecast;
import io.tidecast.app.UserException;
import io.tidecast.app.config.ConfigSources;
import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.feed.ObservationProducer;
import io.tidecast.app.feed.Reading;
import io.tidecast.app.service.KafkaTopics;
import io.tidecast.app.service.LeastPrivileges;
import io.tidecast.app.service.Right;
import io.tidecast.app.service.TidecastService;
import io.tidecast.platform.LocalPlatform;
import io.tidecast.platform.LocalPlatformSettings;
import io.tidecast.platform.PlatformSecurity;
import io.tidecast.platform.PlatformUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS, SCRAM, ACLs and a registry with users: the service has exactly the rights documented. */
class SecurityIT {
  private static final int ROWS = 40;
  private static final int FORECASTS = 30;
  private static final String APPLICATION = "guarded";

  private static LocalPlatform platform;
  private static PlatformSecurity security;
  @TempDir private Path folder;

  @BeforeAll
  static void startPlatform() {
    platform = LocalPlatform.start(LocalPlatformSettings.temporary().withSecurity());
    security = platform.security().orElseThrow();
  }

  @AfterAll
  static void stopPlatform() {
    platform.close();
  }

  @Test
  void with_exactly_the_documented_rights_the_service_runs_end_to_end_and_tells_no_secret()
      throws Exception {
    TidecastConfig admin = config(PlatformUser.ADMIN, "e2e-");
    TidecastConfig service = config(PlatformUser.SERVICE, "e2e-");
    prepare(admin);
    grant(LeastPrivileges.of(service).rights());
    Process process = startProcess(service);
    try (ObservationProducer producer = new ObservationProducer(admin)) {
      for (int t = 0; t < ROWS; t++) {
        producer.send(List.of(new Reading("a", t * 60_000L, Math.sin(t))));
      }
      producer.flush();
      await()
          .alias("forecasts in the topic")
          .atMost(Duration.ofMinutes(1))
          .until(
              () ->
                  !process.isAlive() || Committed.all(admin, "e2e-forecasts").size() >= FORECASTS);
    } finally {
      process.destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(Committed.all(admin, "e2e-forecasts"))
        .as(output())
        .hasSizeGreaterThanOrEqualTo(FORECASTS);
    assertThat(output()).contains("kafka.sasl.jaas.config = ****").contains("ready");
    assertNoSecretIn(folder.resolve("out"));
    assertNoSecretIn(platform.dataDir().resolve("logs"));
  }

  @Test
  void a_missing_right_stops_the_service_with_an_error_that_names_it() throws Exception {
    TidecastConfig service = config(PlatformUser.SERVICE, "lack-");
    prepare(config(PlatformUser.ADMIN, "lack-"));
    List<Right> all = LeastPrivileges.of(service).rights();
    for (Right missing :
        List.of(
            right(all, ResourceType.TOPIC, "lack-observations", AclOperation.READ),
            right(all, ResourceType.TOPIC, "lack-forecasts", AclOperation.WRITE),
            right(all, ResourceType.TOPIC, "lack-scores", AclOperation.WRITE),
            right(all, ResourceType.TOPIC, "lack-" + APPLICATION + "-", AclOperation.CREATE),
            right(all, ResourceType.GROUP, "lack-" + APPLICATION, AclOperation.READ),
            right(
                all,
                ResourceType.TRANSACTIONAL_ID,
                "lack-" + APPLICATION + "-",
                AclOperation.WRITE))) {
      grant(all);
      revoke(missing);
      assertThatThrownBy(() -> runUntilItStops(service))
          .as("without " + missing)
          .isInstanceOf(UserException.class)
          .hasMessageContaining("denies this user a right")
          .hasMessageContaining(missing.toString())
          .hasMessageContaining("tidecast acls");
    }
  }

  @Test
  void wrong_passwords_are_said_with_the_server_that_refuses_them() {
    TidecastConfig wrongForKafka =
        config(
            PlatformUser.SERVICE,
            "",
            Map.of(
                "kafka.sasl.jaas.config",
                security
                    .kafkaProperties(PlatformUser.SERVICE)
                    .get("sasl.jaas.config")
                    .replace(security.password(PlatformUser.SERVICE), "wrong")));
    assertThatThrownBy(() -> KafkaTopics.connect(wrongForKafka))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(platform.bootstrapServers())
        .hasMessageContaining("refuses our credentials");

    prepare(config(PlatformUser.ADMIN, ""));
    grant(LeastPrivileges.of(config(PlatformUser.SERVICE, "")).rights());
    TidecastConfig wrongForRegistry =
        config(
            PlatformUser.SERVICE,
            "",
            Map.of("schema.registry.basic.auth.user.info", "tidecast:wrong"));
    assertThatThrownBy(() -> TidecastService.start(wrongForRegistry, stage -> {}))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("schema registry " + platform.registryUrl())
        .hasMessageContaining("401");
  }

  private static void runUntilItStops(TidecastConfig config) throws InterruptedException {
    try (TidecastService service = TidecastService.start(config, stage -> {})) {
      assertThat(service.awaitStop(Duration.ofSeconds(60))).as("stopped").isTrue();
    }
  }

  private static Right right(
      List<Right> all, ResourceType type, String name, AclOperation operation) {
    return all.stream()
        .filter(r -> r.type() == type && r.name().equals(name) && r.operation() == operation)
        .findFirst()
        .orElseThrow();
  }

  private void grant(List<Right> rights) {
    try (KafkaTopics kafka = KafkaTopics.connect(config(PlatformUser.ADMIN, ""))) {
      kafka.grant(rights, PlatformUser.SERVICE.principal());
    }
  }

  private void revoke(Right right) throws Exception {
    TidecastConfig admin = config(PlatformUser.ADMIN, "");
    try (Admin client = Admin.create(admin.clientProperties())) {
      client
          .deleteAcls(List.of(right.grantedTo(PlatformUser.SERVICE.principal()).toFilter()))
          .all()
          .get();
    }
  }

  private static void prepare(TidecastConfig admin) {
    try (KafkaTopics kafka = KafkaTopics.connect(admin)) {
      kafka.createMissing(stage -> {});
    }
  }

  private TidecastConfig config(PlatformUser user, String prefix) {
    return config(user, prefix, Map.of());
  }

  private TidecastConfig config(PlatformUser user, String prefix, Map<String, String> over) {
    return new ConfigSources().flags(settings(user, prefix)).flags(over).load();
  }

  private Map<String, String> settings(PlatformUser user, String prefix) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("application-id", prefix + APPLICATION);
    settings.put("state-dir", folder.resolve(prefix + "state").toString());
    settings.put("kafka.bootstrap.servers", platform.bootstrapServers());
    settings.put("schema.registry.url", platform.registryUrl());
    settings.put("topics.prefix", prefix);
    settings.put("topics.partitions", "1");
    settings.put("topics.create", "false");
    settings.put("forecast.interval", "1m");
    settings.put("forecast.horizon", "3");
    settings.put("forecast.context", "8");
    settings.put("engine.device", "cpu");
    settings.put("http.port", "0");
    security.kafkaProperties(user).forEach((name, v) -> settings.put("kafka." + name, v));
    settings.putAll(security.registryProperties(user));
    return settings;
  }

  private String output() throws IOException {
    return Files.readString(folder.resolve("out").resolve("run.out"));
  }

  private static void assertNoSecretIn(Path logs) throws IOException {
    try (Stream<Path> files = Files.walk(logs)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file);
        for (PlatformUser user : PlatformUser.values()) {
          assertThat(text).as(file.toString()).doesNotContain(security.password(user));
        }
        assertThat(text)
            .as(file.toString())
            .doesNotContain(
                security.kafkaProperties(PlatformUser.ADMIN).get("ssl.truststore.password"));
      }
    }
  }

  private Process startProcess(TidecastConfig config) throws IOException {
    Path out = Files.createDirectories(folder.resolve("out"));
    Path yaml = folder.resolve("tidecast.yaml");
    StringBuilder text = new StringBuilder();
    config.given().forEach((name, v) -> text.append("%s: '%s'%n".formatted(name, v)));
    Files.writeString(yaml, text);
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:TieredStopAtLevel=1",
            "-Dai.djl.offline=true",
            "-DOPT_OUT_TRACKING=true",
            "-Dtidecast.log=" + out.resolve("service"),
            "-Dtidecast.console.level=INFO",
            "-cp",
            System.getProperty("java.class.path"),
            Tidecast.class.getName(),
            "run",
            "--config",
            yaml.toString())
        .redirectErrorStream(true)
        .redirectOutput(out.resolve("run.out").toFile())
        .start();
  }
}
