package io.tidecast.app.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tidecast.app.letters.RefusedRecord;
import io.tidecast.schemas.AvroSerdes;
import io.tidecast.schemas.Topics;
import io.tidecast.schemas.avro.Observation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;

/** Dead letters for people and for scripts. */
final class DeadLetterReport {
  private static final int BYTES_SHOWN = 64;
  private static final int KEY_WIDTH = 24;

  private DeadLetterReport() {}

  /** One line. */
  static String line(RefusedRecord letter) {
    return "%s  %s  %-22s %s  key '%s'  %s%s"
        .formatted(
            letter.refusedAt(),
            letter.letter(),
            letter.reason(),
            letter.source().map(Object::toString).orElse("from an unknown place"),
            BandLines.cut(Terminal.printable(letter.keyText()), KEY_WIDTH),
            Terminal.printable(letter.detail()),
            letter.resubmissionOf().map(of -> " (was " + of + ")").orElse(""));
  }

  /** Everything that a letter holds. */
  static List<String> explain(RefusedRecord letter, AvroSerdes serdes, Topics topics) {
    List<String> lines = new ArrayList<>();
    lines.add("letter   " + letter.letter() + ", refused at " + letter.refusedAt());
    lines.add("reason   " + letter.reason() + ": " + Terminal.printable(letter.detail()));
    lines.add("source   " + letter.source().map(Object::toString).orElse("unknown"));
    letter.resubmissionOf().ifPresent(of -> lines.add("was      letter " + of + " before"));
    lines.add("key      " + Terminal.printable(letter.keyText()));
    for (Header h : letter.headers()) {
      lines.add("header   " + Terminal.printable(h.key()) + " = " + bytes(h.value()));
    }
    lines.add("value    " + bytes(letter.value()));
    observation(letter, serdes, topics)
        .ifPresent(o -> lines.add("reads as " + Terminal.printable(o)));
    return lines;
  }

  /** Everything for a script; bytes in Base64. */
  static Map<String, @Nullable Object> json(RefusedRecord letter) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("letter", letter.letter());
    json.put("refusedAt", letter.refusedAt().toString());
    json.put("reason", letter.reason());
    json.put("detail", letter.detail());
    json.put("topic", letter.source().map(RefusedRecord.Source::topic).orElse(null));
    json.put("partition", letter.source().map(RefusedRecord.Source::partition).orElse(null));
    json.put("offset", letter.source().map(RefusedRecord.Source::offset).orElse(null));
    json.put("resubmissionOf", letter.resubmissionOf().orElse(null));
    json.put("key", letter.key() == null ? null : letter.keyText());
    json.put("keyBase64", base64(letter.key()));
    json.put("valueBase64", base64(letter.value()));
    Map<String, @Nullable Object> headers = new LinkedHashMap<>();
    letter.headers().forEach(h -> headers.put(h.key(), base64(h.value())));
    json.put("headersBase64", headers);
    return json;
  }

  private static Optional<String> observation(
      RefusedRecord letter, AvroSerdes serdes, Topics topics) {
    try (Serde<Observation> serde = serdes.values(topics.observations())) {
      return Optional.ofNullable(
              serde.deserializer().deserialize(topics.observations().name(), letter.value()))
          .map(Observation::toString);
    } catch (SerializationException e) {
      return Optional.empty();
    }
  }

  private static String bytes(byte @Nullable [] bytes) {
    if (bytes == null) {
      return "none";
    }
    byte[] shown = Arrays.copyOf(bytes, Math.min(bytes.length, BYTES_SHOWN));
    return "%d bytes: %s%s |%s|"
        .formatted(
            bytes.length,
            HexFormat.ofDelimiter(" ").formatHex(shown),
            shown.length < bytes.length ? " ..." : "",
            Terminal.printable(new String(shown, ISO_8859_1)));
  }

  private static @Nullable String base64(byte @Nullable [] bytes) {
    return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
  }
}
