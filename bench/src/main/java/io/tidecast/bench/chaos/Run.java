package io.tidecast.bench.chaos;

import io.tidecast.app.config.ConfigSources;
import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.service.KafkaTopics;
import io.tidecast.app.service.TidecastService;
import io.tidecast.app.stream.RestoredLearner;
import io.tidecast.bench.cluster.Backlog;
import io.tidecast.bench.cluster.Instance;
import io.tidecast.platform.LocalPlatform;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** One application id with its topics: the quiet run, or the one that the faults are for. */
final class Run {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int POLL_MILLIS = 100;

  /** Several on one machine, each started many times. */
  private static final List<String> SMALL = List.of("-Xmx384m", "-XX:TieredStopAtLevel=1");

  private final LocalPlatform platform;
  private final String name;
  private final Path folder;

  Run(LocalPlatform platform, String name, Path folder) {
    this.platform = platform;
    this.name = name;
    this.folder = folder;
    try (KafkaTopics topics = KafkaTopics.connect(config())) {
      topics.ensure(stage -> {});
    }
  }

  /** Settings for its instances, but for the state folder. */
  Map<String, String> settings() {
    Map<String, String> s = new HashMap<>();
    s.put("application-id", name);
    s.put("kafka.bootstrap.servers", platform.bootstrapServers());
    s.put("schema.registry.url", platform.registryUrl());
    s.put("topics.prefix", name + "-");
    s.put("topics.partitions", Integer.toString(Input.PARTITIONS));
    s.put("engine.device", "cpu");
    s.put("forecast.interval", "1m");
    s.put("forecast.horizon", "6");
    s.put("forecast.context", "16");
    // Cut by the data alone, so that two runs can be compared bit by bit.
    s.put("forecast.batch-timeout", "0s");
    // Small, so that there are snapshots enough to be killed in.
    s.put("state.snapshot-min-bytes", "32768");
    return s;
  }

  TidecastConfig config() {
    return new ConfigSources()
        .flags(settings())
        .flag("state-dir", folder.resolve("state-" + name + "-read"))
        .load();
  }

  Instance instance(String instance) {
    return new Instance(instance, folder, SMALL, List.of(), settings());
  }

  String forecasts() {
    return KafkaTopics.topics(config()).forecasts().name();
  }

  /** Waits until every input is committed, for as long as there is progress. */
  void awaitDrained(Runnable supervise) throws InterruptedException {
    long before = Long.MAX_VALUE;
    while (before > 0) {
      long known = before;
      await(() -> backlog() < known, supervise, name + ": another input learned");
      before = Math.min(backlog(), known - 1);
    }
  }

  /** Inputs not committed yet. */
  long backlog() {
    return Backlog.of(config(), KafkaTopics.topics(config()).observations().name())
        .map(Backlog::records)
        .orElse(Long.MAX_VALUE);
  }

  /** End of the snapshots' changelog, uncommitted records included. */
  long snapshotEnd(Admin admin) {
    String topic = name + "-snapshot-changelog";
    var latest =
        IntStream.range(0, Input.PARTITIONS)
            .boxed()
            .collect(Collectors.toMap(p -> new TopicPartition(topic, p), p -> OffsetSpec.latest()));
    try {
      return admin.listOffsets(latest).all().get().values().stream()
          .mapToLong(o -> o.offset())
          .sum();
    } catch (ExecutionException e) {
      return -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  /** The learners as Kafka holds them: rebuilt from the changelogs alone, by a new instance. */
  Map<Integer, RestoredLearner> restore() throws InterruptedException {
    Instance.delete(config().stateDir());
    try (TidecastService service = TidecastService.start(config(), stage -> {})) {
      await(
          () -> service.isReady() && service.gauges().restored().size() == Input.PARTITIONS,
          () -> {},
          name + ": learners rebuilt");
      return new TreeMap<>(service.gauges().restored());
    }
  }

  static void await(BooleanSupplier condition, Runnable supervise, String what)
      throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "%s: not within %d s".formatted(what, PATIENCE.toSeconds()));
      }
      supervise.run();
      Thread.sleep(POLL_MILLIS);
    }
  }
}
