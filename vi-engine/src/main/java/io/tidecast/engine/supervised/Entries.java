package io.tidecast.engine.supervised;

import io.tidecast.engine.state.UnreadableStateException;
import java.util.Map;

/** Snapshot entries by name. */
final class Entries {
  private Entries() {}

  static byte[] require(Map<String, byte[]> entries, String name) {
    byte[] bytes = entries.get(name);
    if (bytes == null) {
      throw new UnreadableStateException(
          "the state lacks entry '%s'; it has %d entries".formatted(name, entries.size()));
    }
    return bytes;
  }
}
