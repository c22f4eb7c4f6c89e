package io.tidecast.app.e2e;

import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.service.KafkaTopics;
import io.tidecast.schemas.AvroSerdes;
import io.tidecast.schemas.Topics;
import io.tidecast.schemas.avro.Forecast;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serde;

/** Reads what is committed in a topic, going on where it was at each call. */
final class Committed implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

  Committed(TidecastConfig config, String topic) {
    Map<String, Object> p = config.clientProperties();
    p.put("isolation.level", "read_committed");
    p.put("enable.auto.commit", false);
    consumer = new KafkaConsumer<>(p, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(i -> new TopicPartition(topic, i.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  static Committed forecastsOf(TidecastConfig config) {
    return new Committed(config, KafkaTopics.topics(config).forecasts().name());
  }

  /** Every record of a topic so far. */
  static List<ConsumerRecord<byte[], byte[]>> all(TidecastConfig config, String topic) {
    try (Committed committed = new Committed(config, topic)) {
      return committed.records();
    }
  }

  /** Every record so far. */
  List<ConsumerRecord<byte[], byte[]>> records() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      consumer.poll(Duration.ofMillis(100)).forEach(records::add);
    }
    return records;
  }

  /** Every forecast so far, where the topic is that of the forecasts. */
  List<Forecast> forecasts(TidecastConfig config) {
    Topics topics = KafkaTopics.topics(config);
    Serde<Forecast> serde = new AvroSerdes(config.registryProperties()).values(topics.forecasts());
    return records().stream()
        .map(r -> serde.deserializer().deserialize(r.topic(), r.value()))
        .toList();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
