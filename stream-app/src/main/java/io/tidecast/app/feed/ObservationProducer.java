package io.tidecast.app.feed;

import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.service.KafkaTopics;
import io.tidecast.schemas.AvroSerdes;
import io.tidecast.schemas.Topic;
import io.tidecast.schemas.avro.Observation;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Writes readings to {@code observations}. */
public final class ObservationProducer implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);

  private final String topic;
  private final RecordProducer<Observation> producer;
  private final Map<String, Long> skipUpTo = new HashMap<>();

  public ObservationProducer(TidecastConfig config) {
    Topic<Observation> observations = KafkaTopics.topics(config).observations();
    topic = observations.name();
    producer = new RecordProducer<>(config, observations);
  }

  /**
   * Skips readings that are already in the topic, so that a feed that was killed goes on where it
   * was.
   */
  public void resume(TidecastConfig config) {
    Topic<Observation> observations = KafkaTopics.topics(config).observations();
    Map<String, Object> properties = config.clientProperties();
    properties.put("auto.offset.reset", "earliest");
    properties.put("enable.auto.commit", false);
    Serde<Observation> serde = new AvroSerdes(config.registryProperties()).values(observations);
    try (KafkaConsumer<String, Observation> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), serde.deserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        for (ConsumerRecord<String, Observation> r : consumer.poll(POLL)) {
          skipUpTo.merge(r.value().getSeriesId(), r.value().getTimestamp(), Math::max);
        }
      }
    }
  }

  /**
   * Sends readings; returns before they are acknowledged.
   *
   * @return how many were not skipped
   * @throws UserException if an earlier one could not be delivered
   */
  public int send(List<Reading> readings) {
    int count = 0;
    for (Reading r : readings) {
      Long last = skipUpTo.get(r.seriesId());
      if (last != null && r.timestamp() <= last) {
        continue;
      }
      producer.send(
          r.seriesId(),
          new Observation(
              r.seriesId(),
              r.timestamp(),
              Double.isNaN(r.value()) ? null : r.value(),
              List.of(),
              List.of()));
      count++;
    }
    return count;
  }

  /** Readings sent so far. */
  public long sent() {
    return producer.sent();
  }

  /** Waits until everything sent is acknowledged. */
  public void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close();
  }
}
