package io.tidecast.bench.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.service.KafkaTopics;
import io.tidecast.schemas.AvroSerdes;
import io.tidecast.schemas.Topic;
import io.tidecast.schemas.Topics;
import io.tidecast.schemas.avro.Forecast;
import io.tidecast.schemas.avro.Score;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What a run has committed to its output topics: a digest of each forecast and each score under
 * (topic, series, time), as often as it is there.
 */
final class Outputs {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int SCHEMA_HEADER = 5;

  private final Map<String, List<String>> digests = new TreeMap<>();

  private Outputs() {}

  static Outputs of(TidecastConfig config) {
    Topics topics = KafkaTopics.topics(config);
    Outputs outputs = new Outputs();
    outputs.read(config, topics.forecasts(), Forecast::getIssuedAt, "forecast");
    outputs.read(config, topics.scores(), Score::getTimestamp, "score");
    return outputs;
  }

  /** Outputs, each counted as often as it is there. */
  long count() {
    return digests.values().stream().mapToLong(List::size).sum();
  }

  long forecasts() {
    return digests.keySet().stream().filter(k -> k.startsWith("forecast")).count();
  }

  /** Those of another run that are not here. */
  long missing(Outputs other) {
    return other.digests.keySet().stream().filter(k -> !digests.containsKey(k)).count();
  }

  /** How many are there more than once, each surplus counted. */
  long surplus() {
    return digests.values().stream().mapToLong(d -> d.size() - 1L).sum();
  }

  /** Whether both hold the same under the same names, bit for bit. */
  boolean isSameAs(Outputs other) {
    return digests.equals(other.digests);
  }

  private <V extends SpecificRecord> void read(
      TidecastConfig config, Topic<V> topic, Function<V, Long> time, String kind) {
    try (var serde = new AvroSerdes(config.registryProperties()).values(topic)) {
      records(
          config,
          topic.name(),
          r -> {
            V value = serde.deserializer().deserialize(r.topic(), r.value());
            String name = "%s %s %d".formatted(kind, new String(r.key(), UTF_8), time.apply(value));
            digests.computeIfAbsent(name, n -> new ArrayList<>(1)).add(digest(r.value()));
          });
    }
  }

  /** Reads what is committed in a topic. */
  static void records(
      TidecastConfig config, String topic, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
    Map<String, Object> properties = config.clientProperties();
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", false);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(POLL).forEach(sink);
      }
    }
  }

  /** Without the schema's id, which differs from subject to subject. */
  private static String digest(byte[] value) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(ByteBuffer.wrap(value, SCHEMA_HEADER, value.length - SCHEMA_HEADER));
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
