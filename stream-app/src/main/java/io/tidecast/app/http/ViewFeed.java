package io.tidecast.app.http;

import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.service.KafkaTopics;
import io.tidecast.schemas.AvroSerdes;
import io.tidecast.schemas.ModelTopics;
import io.tidecast.schemas.Topic;
import io.tidecast.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the output topics of all partitions into a view, on a thread of its own and in no group.
 *
 * <p>It begins shortly before the end, so that the page shows the recent past at once; where it
 * cannot keep up it skips to shortly before the end again, because old news help nobody.
 */
final class ViewFeed implements AutoCloseable {
  /** Records before the end of the output topics where reading begins, all partitions together. */
  static final int TAIL = 30_000;

  /** Records behind the end at which reading skips ahead. */
  private static final int MOST_BEHIND = 3 * TAIL;

  private static final Logger log = LoggerFactory.getLogger(ViewFeed.class);
  private static final Duration POLL = Duration.ofMillis(250);
  private static final long RETRY_SECONDS = 3;
  private static final long CHECK_NANOS = 5_000_000_000L;

  private final TidecastConfig config;
  private final LiveView view;
  private final Topics topics;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "live-page-reader");
  private volatile @Nullable String fault;

  ViewFeed(TidecastConfig config, LiveView view) {
    this.config = config;
    this.view = view;
    topics = KafkaTopics.topics(config);
    config.models().forEach(model -> view.know(model.name(), model.classNames()));
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Why reading fails at the moment, if it does. */
  Optional<String> fault() {
    return Optional.ofNullable(fault);
  }

  private void run() {
    try {
      do {
        try {
          read();
        } catch (RuntimeException e) {
          if (closing.getCount() > 0) {
            fault = e.getClass().getSimpleName() + ": " + e.getMessage();
            log.warn("live page: reading the output topics failed, trying again", e);
          }
        }
      } while (!closing.await(RETRY_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    Map<String, Consumer<ConsumerRecord<byte[], byte[]>>> readers = readers();
    Map<String, Object> properties = config.clientProperties();
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", false);
    properties.put("fetch.max.wait.ms", 100);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(partitions(consumer, readers.keySet()));
      seekToTail(consumer, Map.of());
      long checked = System.nanoTime();
      while (closing.getCount() > 0) {
        for (ConsumerRecord<byte[], byte[]> r : consumer.poll(POLL)) {
          Objects.requireNonNull(readers.get(r.topic())).accept(r);
        }
        fault = null;
        if (System.nanoTime() - checked > CHECK_NANOS) {
          checked = System.nanoTime();
          catchUp(consumer);
        }
      }
    }
  }

  /** What to do with a record, by topic. */
  private Map<String, Consumer<ConsumerRecord<byte[], byte[]>>> readers() {
    AvroSerdes serdes = new AvroSerdes(config.registryProperties());
    Map<String, Consumer<ConsumerRecord<byte[], byte[]>>> readers = new LinkedHashMap<>();
    if (topics.forecasting()) {
      reader(readers, serdes, topics.forecasts(), view::add);
      reader(readers, serdes, topics.scores(), (partition, score) -> view.add(score));
    }
    for (ModelTopics model : topics.models()) {
      reader(readers, serdes, topics.predictions(model), (partition, p) -> view.add(p));
      reader(readers, serdes, topics.scores(model), view::add);
    }
    return readers;
  }

  private static <V extends SpecificRecord> void reader(
      Map<String, Consumer<ConsumerRecord<byte[], byte[]>>> readers,
      AvroSerdes serdes,
      Topic<V> topic,
      BiConsumer<Integer, V> sink) {
    Deserializer<V> values = serdes.values(topic).deserializer();
    readers.put(
        topic.name(), r -> sink.accept(r.partition(), values.deserialize(r.topic(), r.value())));
  }

  private static List<TopicPartition> partitions(
      KafkaConsumer<byte[], byte[]> consumer, Set<String> topics) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : topics) {
      consumer
          .partitionsFor(topic)
          .forEach(p -> partitions.add(new TopicPartition(topic, p.partition())));
    }
    return partitions;
  }

  private void catchUp(KafkaConsumer<byte[], byte[]> consumer) {
    Map<TopicPartition, Long> positions = new HashMap<>();
    long behind = 0;
    for (Map.Entry<TopicPartition, Long> end :
        consumer.endOffsets(consumer.assignment()).entrySet()) {
      long position = consumer.position(end.getKey());
      positions.put(end.getKey(), position);
      behind += end.getValue() - position;
    }
    if (behind > MOST_BEHIND) {
      log.info("live page: {} records behind, skipping ahead", behind);
      seekToTail(consumer, positions);
    }
  }

  /** Never goes back behind {@code positions}: the view has seen those records. */
  private static void seekToTail(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> positions) {
    long tail = Math.max(1, TAIL / Math.max(1, consumer.assignment().size()));
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(consumer.assignment());
    consumer
        .endOffsets(consumer.assignment())
        .forEach(
            (partition, end) ->
                consumer.seek(
                    partition,
                    Math.max(
                        Math.max(begins.getOrDefault(partition, 0L), end - tail),
                        positions.getOrDefault(partition, 0L))));
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(Duration.ofSeconds(5).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
