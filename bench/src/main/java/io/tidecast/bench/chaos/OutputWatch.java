package io.tidecast.bench.chaos;

import io.tidecast.app.config.TidecastConfig;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Sees committed forecasts as they come, and counts them by partition. */
final class OutputWatch implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final AtomicLongArray counts = new AtomicLongArray(Input.PARTITIONS);
  private final Thread thread;
  private volatile boolean over;

  OutputWatch(TidecastConfig config, String topic) {
    Map<String, Object> properties = config.clientProperties();
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", false);
    properties.put("auto.offset.reset", "earliest");
    consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        IntStream.range(0, Input.PARTITIONS).mapToObj(p -> new TopicPartition(topic, p)).toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    thread = new Thread(this::watch, "output-watch");
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    try (consumer) {
      while (!over) {
        for (ConsumerRecord<byte[], byte[]> r : consumer.poll(Duration.ofMillis(100))) {
          counts.incrementAndGet(r.partition());
        }
      }
    }
  }

  long[] counts() {
    return IntStream.range(0, Input.PARTITIONS).mapToLong(counts::get).toArray();
  }

  long total() {
    return Arrays.stream(counts()).sum();
  }

  @Override
  public void close() throws InterruptedException {
    over = true;
    thread.join();
  }
}
