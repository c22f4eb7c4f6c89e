package io.tidecast.app.stream;

import io.tidecast.engine.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * A refused record: its original key, value and headers, and headers that say where it came from
 * and why it was refused.
 */
public final class DeadLetter {
  /** Header: short stable reason, e.g. {@code TOO_LATE}. */
  public static final String REASON = "tidecast.reason";

  /** Header: the reason in a sentence. */
  public static final String DETAIL = "tidecast.detail";

  /** Header: topic that the record was read from. */
  public static final String TOPIC = "tidecast.topic";

  /** Header: its partition, decimal. */
  public static final String PARTITION = "tidecast.partition";

  /** Header: its offset, decimal. */
  public static final String OFFSET = "tidecast.offset";

  /** Header of a record that was submitted again: the letter that it was, and may be once more. */
  public static final String RESUBMISSION_OF = "tidecast.resubmission-of";

  /** Every header of ours. */
  public static final List<String> HEADERS =
      List.of(REASON, DETAIL, TOPIC, PARTITION, OFFSET, RESUBMISSION_OF);

  private static final int LONGEST_DETAIL = 1_000;

  static final String SINK = "dead-letter-sink";

  private DeadLetter() {}

  static Headers headers(Headers original, Rejection rejection, Optional<RecordMetadata> source) {
    Headers headers = new RecordHeaders(original);
    put(headers, REASON, rejection.reason());
    put(
        headers,
        DETAIL,
        brief(rejection.detail())
            + source
                .map(
                    s ->
                        " (%s, partition %d, offset %d)"
                            .formatted(s.topic(), s.partition(), s.offset()))
                .orElse(""));
    source.ifPresent(
        s -> {
          put(headers, TOPIC, s.topic());
          put(headers, PARTITION, Integer.toString(s.partition()));
          put(headers, OFFSET, Long.toString(s.offset()));
        });
    return headers;
  }

  /** Details may quote a key or a value, which may be as large as a record can be. */
  private static String brief(String detail) {
    return detail.length() <= LONGEST_DETAIL
        ? detail
        : detail.substring(0, LONGEST_DETAIL) + "... (%,d characters)".formatted(detail.length());
  }

  private static void put(Headers headers, String name, String text) {
    headers.remove(name);
    headers.add(name, text.getBytes(StandardCharsets.UTF_8));
  }
}
