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

/** Reads what is committed in a topic. */
final class Committed {
  private Committed() {}

  static List<ConsumerRecord<byte[], byte[]>> records(TidecastConfig config, String topic) {
    Map<String, Object> p = config.clientProperties();
    p.put("isolation.level", "read_committed");
    p.put("enable.auto.commit", false);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(p, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(i -> new TopicPartition(topic, i.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  static List<Forecast> forecasts(TidecastConfig config) {
    Topics topics = KafkaTopics.topics(config);
    Serde<Forecast> serde = new AvroSerdes(config.registryProperties()).values(topics.forecasts());
    return records(config, topics.forecasts().name()).stream()
        .map(r -> serde.deserializer().deserialize(r.topic(), r.value()))
        .toList();
  }
}
