package io.tidecast.app.cli;

import io.tidecast.app.config.TidecastConfig;
import io.tidecast.schemas.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Consumers of output topics for people to look at: of all partitions, in no group. */
final class OutputConsumer {
  private OutputConsumer() {}

  /** A consumer of whatever is committed in the topics, at their beginning. */
  static KafkaConsumer<byte[], byte[]> of(TidecastConfig config, List<Topic<?>> topics) {
    KafkaConsumer<byte[], byte[]> consumer = unassigned(config, "read_committed");
    List<TopicPartition> partitions = new ArrayList<>();
    for (Topic<?> topic : topics) {
      consumer
          .partitionsFor(topic.name())
          .forEach(p -> partitions.add(new TopicPartition(topic.name(), p.partition())));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }

  /**
   * A consumer that reads nothing yet.
   *
   * @param isolation level, as Kafka names it
   */
  static KafkaConsumer<byte[], byte[]> unassigned(TidecastConfig config, String isolation) {
    Map<String, Object> properties = config.clientProperties();
    properties.put("isolation.level", isolation);
    properties.put("enable.auto.commit", false);
    properties.put("fetch.max.wait.ms", 100);
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
