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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackPressureIT {
  /** One series: each observation is a mini-batch of its own, the slowest way to learn. */
  private static final int SERIES = 1;

  private static final int ROWS = 3_000;

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
        await().atMost(Duration.ofMinutes(4)).until(() -> service.lines("ready: learning") > 0);
        long rebalances = service.lines("-> REBALANCING");
        double burst = produce(config);
        long began = System.nanoTime();
        await()
            .atMost(Duration.ofMinutes(8))
            .until(
                () -> forecasts.hasForecastsUpTo(ROWS - 1, SERIES, config) || !service.isAlive());
        double learning = (System.nanoTime() - began) / 1e9;
        System.out.printf(
            "%,d observations sent in %.2f s, learned in %.1f s: %.0f times faster%n",
            SERIES * ROWS, burst, learning, learning / burst);

        assertThat(service.isAlive()).as(service.output()).isTrue();
        assertThat(forecasts.issueTimes(config).values())
            .allSatisfy(times -> assertThat(times).isEqualTo(Committed.eachOnce(times)));
        assertThat(service.lines("-> REBALANCING")).as("those at the start").isEqualTo(rebalances);
      }
    }
  }

  private static double produce(TidecastConfig config) {
    try (ObservationProducer producer = new ObservationProducer(config)) {
      producer.send(row(0));
      producer.flush();
      long began = System.nanoTime();
      for (int t = 1; t < ROWS; t++) {
        producer.send(row(t));
      }
      producer.flush();
      return (System.nanoTime() - began) / 1e9;
    }
  }

  private static List<Reading> row(int t) {
    return IntStream.range(0, SERIES)
        .mapToObj(s -> new Reading("s" + s, t * 60_000L, Math.sin(t / 4.0 + s)))
        .toList();
  }

  private TidecastConfig config(LocalPlatform platform) {
    return new ConfigSources()
        .flag("state-dir", folder.resolve("unused"))
        .flag("kafka.bootstrap.servers", platform.bootstrapServers())
        .flag("schema.registry.url", platform.registryUrl())
        .flag("topics.partitions", 1)
        .flag("forecast.interval", "1m")
        .flag("forecast.horizon", 48)
        .flag("forecast.context", 192)
        // Far less than the burst takes: the consumer must be heard of in between.
        .flag("kafka.consumer.max.poll.interval.ms", 20_000)
        // Heartbeats have a thread of their own, and may be late on a busy machine.
        .flag("kafka.consumer.session.timeout.ms", 45_000)
        .flag("engine.device", "cpu")
        .load();
  }
}
