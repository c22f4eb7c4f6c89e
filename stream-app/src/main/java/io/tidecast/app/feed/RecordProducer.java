package io.tidecast.app.feed;

import io.tidecast.app.UserException;
import io.tidecast.app.config.TidecastConfig;
import io.tidecast.schemas.AvroSerdes;
import io.tidecast.schemas.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Writes records to one topic of the catalogue, each once, acknowledged by all replicas. */
public final class RecordProducer<V extends SpecificRecord> implements AutoCloseable {
  private final String topic;
  private final KafkaProducer<String, V> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private long sent;

  public RecordProducer(TidecastConfig config, Topic<V> topic) {
    this.topic = topic.name();
    Map<String, Object> properties = config.clientProperties();
    properties.put("acks", "all");
    properties.put("enable.idempotence", true);
    properties.putIfAbsent("compression.type", "lz4");
    properties.putIfAbsent("linger.ms", 5);
    producer =
        new KafkaProducer<>(
            properties,
            new StringSerializer(),
            new AvroSerdes(config.registryProperties()).values(topic).serializer());
  }

  /**
   * Sends a record; returns before it is acknowledged.
   *
   * @throws UserException if an earlier one could not be delivered
   */
  public void send(String key, V value) {
    // The callback hears of every failure; waiting for each acknowledgement would send one record
    // at a time.
    var unused =
        producer.send(
            new ProducerRecord<>(topic, key, value),
            (metadata, e) -> {
              if (e != null) {
                failure.compareAndSet(null, e);
              }
            });
    sent++;
    throwFailure();
  }

  /** Records sent so far. */
  public long sent() {
    return sent;
  }

  /** Waits until everything sent is acknowledged. */
  public void flush() {
    producer.flush();
    throwFailure();
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }

  private void throwFailure() {
    Exception e = failure.get();
    if (e != null) {
      throw new UserException(
          "topic '%s': a record could not be delivered: %s".formatted(topic, e.getMessage()), e);
    }
  }
}
