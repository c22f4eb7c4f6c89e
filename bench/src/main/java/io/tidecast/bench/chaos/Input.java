package io.tidecast.bench.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.service.KafkaTopics;
import io.tidecast.schemas.AvroSerdes;
import io.tidecast.schemas.Topic;
import io.tidecast.schemas.avro.Observation;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The campaign's observations, the same for the same seed: seasonal series with noise, each in a
 * partition of its choice, in one fixed order. So two runs cut the same mini-batches, and can be
 * compared bit by bit.
 */
final class Input implements AutoCloseable {
  static final int PARTITIONS = 4;
  static final int SERIES = 16;
  static final long INTERVAL_MILLIS = 60_000;

  private static final int SEASON = 96;

  private final Topic<Observation> topic;
  private final AvroSerdes serdes;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Random noise;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private int rows;

  Input(TidecastConfig config, long seed) {
    topic = KafkaTopics.topics(config).observations();
    serdes = new AvroSerdes(config.registryProperties());
    Map<String, Object> properties = config.clientProperties();
    properties.put("acks", "all");
    properties.put("enable.idempotence", true);
    // Brokers are away for seconds; what was sent must arrive once, and in order.
    properties.put("delivery.timeout.ms", 600_000);
    properties.put("max.block.ms", 600_000);
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    noise = new Random(seed);
  }

  /** Sends the next points in time of every series. */
  void send(int count) {
    try (var serde = serdes.values(topic)) {
      for (int end = rows + count; rows < end; rows++) {
        for (int s = 0; s < SERIES; s++) {
          Observation o =
              new Observation(series(s), rows * INTERVAL_MILLIS, value(s), List.of(), List.of());
          send(s % PARTITIONS, series(s), serde.serializer().serialize(topic.name(), o));
        }
      }
    }
    producer.flush();
    Exception e = failure.get();
    if (e != null) {
      throw new IllegalStateException("an observation was not delivered", e);
    }
  }

  /** Sends one record as it is. */
  void send(BadInputs.BadInput bad, int partition) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic.name(), partition, bad.key(), bad.value());
    record.headers().add(Refusals.NAME, bad.name().getBytes(UTF_8));
    send(record);
    producer.flush();
  }

  /** Points in time sent so far. */
  int rows() {
    return rows;
  }

  /** A long name makes journals as large as snapshots within thousands of inputs. */
  static String series(int s) {
    return "series-%02d".formatted(s) + "/of-the-campaign".repeat(12);
  }

  private double value(int s) {
    double level = 10.0 * (s + 1);
    return level + 3 * Math.sin(2 * Math.PI * (rows + s) / SEASON) + noise.nextGaussian();
  }

  private void send(int partition, String key, byte[] value) {
    send(new ProducerRecord<>(topic.name(), partition, key.getBytes(UTF_8), value));
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    var unused =
        producer.send(
            record,
            (metadata, e) -> {
              if (e != null) {
                failure.compareAndSet(null, e);
              }
            });
  }

  @Override
  public void close() {
    producer.close();
  }
}
