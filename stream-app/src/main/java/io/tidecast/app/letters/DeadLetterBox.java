package io.tidecast.app.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidecast.app.UserException;
import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.service.KafkaTopics;
import io.tidecast.app.stream.DeadLetter;
import io.tidecast.schemas.Topic;
import io.tidecast.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The dead-letter topic: reads what is committed in it, and sends records back to their input. */
public final class DeadLetterBox {
  private static final Duration POLL = Duration.ofMillis(500);

  private final TidecastConfig config;
  private final Topics topics;

  public DeadLetterBox(TidecastConfig config) {
    this.config = config;
    this.topics = KafkaTopics.topics(config);
  }

  /** The letters that are wanted, oldest first in each partition. */
  public List<RefusedRecord> read(Predicate<RefusedRecord> wanted) {
    Map<String, Object> properties = config.clientProperties();
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", false);
    List<RefusedRecord> letters = new ArrayList<>();
    String topic = topics.deadLetters().name();
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
        for (ConsumerRecord<byte[], byte[]> r : consumer.poll(POLL)) {
          RefusedRecord letter = RefusedRecord.of(r);
          if (wanted.test(letter)) {
            letters.add(letter);
          }
        }
      }
    }
    return letters;
  }

  /**
   * Sends records to the partition that they came from: the original key, value and headers, and
   * one header that says which letter this was.
   *
   * @throws UserException before anything is sent if one of them does not come from an input topic
   *     of this configuration, or if one could not be delivered
   */
  public void resubmit(List<RefusedRecord> letters) {
    List<ProducerRecord<byte[], byte[]>> records = letters.stream().map(this::toInput).toList();
    Map<String, Object> properties = config.clientProperties();
    properties.put("acks", "all");
    properties.put("enable.idempotence", true);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = records.stream().map(producer::send).toList();
      producer.flush();
      for (int i = 0; i < sent.size(); i++) {
        delivered(sent.get(i), letters.get(i));
      }
    }
  }

  private static void delivered(Future<RecordMetadata> sent, RefusedRecord letter) {
    try {
      sent.get();
    } catch (ExecutionException e) {
      throw new UserException(
          "letter %s: could not be delivered: %s; letters before it were, others may have been"
              .formatted(letter.letter(), e.getCause()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while letters were delivered", e);
    }
  }

  private ProducerRecord<byte[], byte[]> toInput(RefusedRecord letter) {
    // The header names the topic, and whoever may write letters may write headers.
    Set<String> inputs = topics.inputs().stream().map(Topic::name).collect(Collectors.toSet());
    RefusedRecord.Source source =
        letter
            .source()
            .filter(s -> inputs.contains(s.topic()))
            .orElseThrow(
                () ->
                    new UserException(
                        "letter %s: came from %s; only records of the input topics %s are sent again"
                            .formatted(
                                letter.letter(),
                                letter.source().map(Object::toString).orElse("an unknown place"),
                                inputs.stream().sorted().toList())));
    Headers headers = new RecordHeaders(letter.headers());
    headers.add(DeadLetter.RESUBMISSION_OF, letter.letter().getBytes(UTF_8));
    return new ProducerRecord<>(
        source.topic(), source.partition(), letter.key(), letter.value(), headers);
  }
}
