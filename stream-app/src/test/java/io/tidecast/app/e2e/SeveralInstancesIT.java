package io.tidecast.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidecast.app.config.ConfigSources;
import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.feed.ObservationProducer;
import io.tidecast.app.feed.Reading;
import io.tidecast.app.service.KafkaTopics;
import io.tidecast.platform.LocalPlatform;
import io.tidecast.platform.LocalPlatformSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two instances of one application id: learners move when one is killed, and when both roll. */
class SeveralInstancesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

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
  void learners_move_when_an_instance_is_killed_and_when_both_are_restarted(String protocol)
      throws Exception {
    TidecastConfig config = config(protocol);
    try (KafkaTopics topics = KafkaTopics.connect(config)) {
      topics.ensure(stage -> {});
    }
    oneStandby(config);
    try (ServiceProcess a = ServiceProcess.start("a", folder, config, 384);
        ServiceProcess b = ServiceProcess.start("b", folder, config, 384);
        Feeding feeding = new Feeding(config);
        Committed forecasts = Committed.forecastsOf(config)) {
      await().atMost(PATIENCE).until(() -> forecasts.records().size() >= 40);
      await().atMost(PATIENCE).until(() -> isReady(a) && isReady(b));
      // One of the two may have every learner, and the other the standbys.
      ServiceProcess victim = a.lines("learner ready") > 0 ? a : b;
      ServiceProcess survivor = victim == a ? b : a;

      long killed = System.nanoTime();
      int before = forecasts.records().size();
      victim.kill();
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(50))
          .until(() -> partitionsAfter(forecasts.records(), before + 20) == 2);
      // Six seconds on an idle machine; a build machine is not one.
      System.out.printf(
          "%s protocol: forecasts of every partition again after %d ms%n",
          protocol, (System.nanoTime() - killed) / 1_000_000);

      // A rolling restart: the new one takes over before the old one goes.
      try (ServiceProcess c = ServiceProcess.start("c", folder, config, 384)) {
        await().atMost(PATIENCE).until(() -> isReady(c));
        survivor.stop();
        int sent = feeding.stop();
        await().atMost(PATIENCE).until(() -> forecasts.hasForecastsUpTo(sent - 1, 2, config));
        assertThat(c.isAlive()).isTrue();
        assertThat(forecasts.issueTimes(config).values())
            .allSatisfy(times -> assertThat(times).isEqualTo(Committed.eachOnce(times)));
      }
    }
  }

  private static boolean isReady(ServiceProcess instance) {
    return instance.lines("ready: learning") > 0;
  }

  private static long partitionsAfter(List<ConsumerRecord<byte[], byte[]>> records, int from) {
    return records.stream().skip(from).map(ConsumerRecord::partition).distinct().count();
  }

  /** The group's own setting under the streams protocol, the client's under the classic one. */
  private static void oneStandby(TidecastConfig config) throws Exception {
    try (Admin admin = Admin.create(config.clientProperties())) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.GROUP, config.applicationId()),
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry("streams.num.standby.replicas", "1"),
                          AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
  }

  private TidecastConfig config(String protocol) {
    ConfigSources sources =
        new ConfigSources()
            .flag("application-id", "several-" + protocol)
            .flag("state-dir", folder.resolve("unused"))
            .flag("kafka.bootstrap.servers", platform.bootstrapServers())
            .flag("schema.registry.url", platform.registryUrl())
            .flag("topics.prefix", protocol + "-")
            .flag("topics.partitions", 2)
            .flag("forecast.interval", "1m")
            .flag("forecast.horizon", 3)
            .flag("forecast.context", 8)
            .flag("engine.device", "cpu")
            .flag("kafka.group.protocol", protocol)
            // For quick fail-over: a dead instance holds up its partitions until this has passed.
            .flag("kafka.producer.transaction.timeout.ms", 3000);
    if (protocol.equals("classic")) {
      sources.flag("kafka.num.standby.replicas", 1).flag("kafka.consumer.session.timeout.ms", 4000);
    }
    return sources.load();
  }

  /** Ten rows a second of two series, which the key's hash puts into different partitions. */
  private static final class Feeding implements AutoCloseable {
    private static final List<String> SERIES = List.of("a", "d");
    private final Thread thread;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile int sent;

    Feeding(TidecastConfig config) {
      thread =
          new Thread(
              () -> {
                try (ObservationProducer producer = new ObservationProducer(config)) {
                  do {
                    int t = sent;
                    producer.send(
                        SERIES.stream()
                            .map(s -> new Reading(s, t * 60_000L, Math.sin(t / 4.0)))
                            .toList());
                    producer.flush();
                    sent = t + 1;
                  } while (!over.await(100, TimeUnit.MILLISECONDS));
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              },
              "feeding");
      thread.start();
    }

    /** Rows sent in all. */
    int stop() throws InterruptedException {
      over.countDown();
      thread.join();
      return sent;
    }

    @Override
    public void close() throws InterruptedException {
      stop();
    }
  }
}
