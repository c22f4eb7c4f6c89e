package io.tidecast.app.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidecast.app.stream.DeadLetter;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * One dead letter: a record as it came, and why it was refused.
 *
 * @param letter where it lies now, {@code topic-partition@offset}
 * @param refusedAt when it was refused
 * @param reason short stable reason, {@code UNKNOWN} where the letter carries none
 * @param detail the reason in a sentence
 * @param source where it was read from; empty where the letter does not say
 * @param resubmissionOf the letter that this record was submitted again from, if it was
 * @param key original key
 * @param value original value
 * @param headers original headers, without those that Tidecast added
 */
public record RefusedRecord(
    String letter,
    Instant refusedAt,
    String reason,
    String detail,
    Optional<Source> source,
    Optional<String> resubmissionOf,
    byte @Nullable [] key,
    byte @Nullable [] value,
    Headers headers) {

  /** A place in a topic. */
  public record Source(String topic, int partition, long offset) {
    @Override
    public String toString() {
      return "%s-%d@%d".formatted(topic, partition, offset);
    }
  }

  static RefusedRecord of(ConsumerRecord<byte[], byte[]> record) {
    Headers original = new RecordHeaders(record.headers());
    DeadLetter.HEADERS.forEach(original::remove);
    return new RefusedRecord(
        "%s-%d@%d".formatted(record.topic(), record.partition(), record.offset()),
        Instant.ofEpochMilli(record.timestamp()),
        text(record, DeadLetter.REASON).orElse("UNKNOWN"),
        text(record, DeadLetter.DETAIL).orElse(""),
        source(record),
        text(record, DeadLetter.RESUBMISSION_OF),
        record.key(),
        record.value(),
        original);
  }

  /** The key as text, where it is UTF-8; {@code -} where there is none. */
  public String keyText() {
    return key == null ? "-" : new String(key, UTF_8);
  }

  private static Optional<Source> source(ConsumerRecord<byte[], byte[]> record) {
    try {
      return text(record, DeadLetter.TOPIC)
          .map(
              topic ->
                  new Source(
                      topic,
                      Integer.parseInt(text(record, DeadLetter.PARTITION).orElse("")),
                      Long.parseLong(text(record, DeadLetter.OFFSET).orElse(""))));
    } catch (NumberFormatException e) {
      // Anybody may write to the topic: a letter that is not ours is listed, but never sent again.
      return Optional.empty();
    }
  }

  private static Optional<String> text(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? Optional.empty()
        : Optional.of(new String(header.value(), UTF_8));
  }
}
