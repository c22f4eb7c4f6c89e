package io.tidecast.app.stream;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The rule that a record's key is the id that its value names: so an id keeps its partition. */
final class RecordKey {
  private RecordKey() {}

  /**
   * Checks a key.
   *
   * @param what what the id names, e.g. {@code series}
   * @throws RefusedException if the key is not the id in UTF-8
   */
  static void require(String what, String id, byte @Nullable [] key) {
    if (key == null) {
      throw new RefusedException(
          "NO_KEY",
          "%s '%s': expected the %s id as the record's key, got none".formatted(what, id, what));
    }
    if (!id.equals(utf8(what, key))) {
      throw new RefusedException(
          "KEY_MISMATCH",
          "%s '%s': expected the %s id as the record's key, got '%s'; records of one %s must share a partition"
              .formatted(what, id, what, new String(key, StandardCharsets.UTF_8), what));
    }
  }

  private static String utf8(String what, byte[] key) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
    } catch (CharacterCodingException e) {
      throw new RefusedException(
          "MALFORMED_KEY",
          "expected the %s id in UTF-8 as the record's key: %s".formatted(what, e));
    }
  }
}
