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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackPressureIT {
  private static final int SERIES = 8;
  private static final int ROWS = 1_500;

  @TempDir private Path folder;

  @Test
  void a_burst_far_faster_than_the_learner_is_learned_whole_in_little_memory_without_a_rebalance()
      throws Exception {
    try (LocalPlatform platform = LocalPlatform.start(LocalPlatformSettings.temporary())) {
      TidecastConfig config = config(platform);
      try (KafkaTopics topics = KafkaTopics.connect(config)) {
        topics.ensure(stage -> {});
      }
      try (ServiceProcess service = ServiceProcess.start("burst", folder, config, 160);
          Committed forecasts = Committed.forecastsOf(config)) {
        await().atMost(Duration.ofMinutes(1)).until(() -> service.lines("ready: learning") > 0);
        double burst = produce(config);
        long began = System.nanoTime();
        await()
            .atMost(Duration.ofMinutes(4))
            .until(() -> forecasts.records().size() >= SERIES * ROWS || !service.isAlive());
        double learning = (System.nanoTime() - began) / 1e9;
        System.out.printf(
            "%,d observations sent in %.2f s, learned in %.1f s%n", SERIES * ROWS, burst, learning);

        assertThat(service.isAlive()).as(service.output()).isTrue();
        assertThat(forecasts.records()).hasSize(SERIES * ROWS);
        assertThat(service.lines("-> REBALANCING")).as("one rebalance, at the start").isEqualTo(1);
      }
    }
  }

  private static double produce(TidecastConfig config) {
    try (ObservationProducer producer = new ObservationProducer(config)) {
      long began = System.nanoTime();
      for (int t = 0; t < ROWS; t++) {
        int row = t;
        producer.send(
            IntStream.range(0, SERIES)
                .mapToObj(s -> new Reading("s" + s, row * 60_000L, Math.sin(row / 4.0 + s)))
                .toList());
      }
      producer.flush();
      return (System.nanoTime() - began) / 1e9;
    }
  }

  private TidecastConfig config(LocalPlatform platform) {
    return new ConfigSources()
        .flag("state-dir", folder.resolve("unused"))
        .flag("kafka.bootstrap.servers", platform.bootstrapServers())
        .flag("schema.registry.url", platform.registryUrl())
        .flag("topics.partitions", 1)
        .flag("forecast.interval", "1m")
        .flag("forecast.horizon", 3)
        .flag("forecast.context", 8)
        .flag("engine.device", "cpu")
        .load();
  }
}
