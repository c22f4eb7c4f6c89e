package io.tidecast.app.stream;

import io.tidecast.engine.state.Snapshot;
import io.tidecast.engine.state.UnreadableStateException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * A learner's snapshots in a logged store: each entry in chunks small enough for one Kafka record,
 * and a manifest.
 *
 * <p>A snapshot writes only the entries that changed. Everything is part of the task's transaction,
 * so a reader sees a whole snapshot or none of it.
 */
final class SnapshotStore {
  /** Largest value; a broker takes 1 MiB by default. */
  static final int CHUNK_BYTES = 512 * 1024;

  private static final String MANIFEST = "manifest";
  private static final String ENTRY = "entry/";
  private static final byte FORMAT = 1;

  private final KeyValueStore<String, byte[]> store;
  private final Map<String, Integer> chunksOf = new HashMap<>();
  private long bytesWritten;

  SnapshotStore(KeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  /**
   * What the store holds.
   *
   * @param sequence number of the last input in it
   * @param entries the learner's entries by name
   */
  record Saved(long sequence, Map<String, byte[]> entries) {}

  /**
   * Reads everything written so far.
   *
   * @return sequence 0 and no entries where no snapshot has been written
   * @throws UnreadableStateException if the store was written by a newer version
   */
  Saved read() {
    chunksOf.clear();
    byte[] manifest = store.get(MANIFEST);
    if (manifest == null) {
      return new Saved(0, Map.of());
    }
    ByteBuffer m = ByteBuffer.wrap(manifest);
    byte format = m.get();
    if (format > FORMAT) {
      throw new UnreadableStateException(
          "snapshot manifest: format %d is newer than %d, the newest that this version reads; run the newer version"
              .formatted(format, FORMAT));
    }
    long sequence = m.getLong();
    Map<String, ByteArrayOutputStream> entries = new TreeMap<>();
    try (KeyValueIterator<String, byte[]> all = store.range(ENTRY, ENTRY + Character.MAX_VALUE)) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> chunk = all.next();
        String name = chunk.key.substring(ENTRY.length(), chunk.key.lastIndexOf('#'));
        entries.computeIfAbsent(name, n -> new ByteArrayOutputStream()).writeBytes(chunk.value);
        chunksOf.merge(name, 1, Integer::sum);
      }
    }
    Map<String, byte[]> whole = new TreeMap<>();
    entries.forEach((name, bytes) -> whole.put(name, bytes.toByteArray()));
    return new Saved(sequence, whole);
  }

  /** Writes what changed and makes it the state as of an input. */
  void write(long sequence, Snapshot snapshot) {
    snapshot.changed().forEach(this::writeEntry);
    for (String name : snapshot.removed()) {
      deleteChunks(name, 0);
      chunksOf.remove(name);
    }
    put(MANIFEST, ByteBuffer.allocate(1 + Long.BYTES).put(FORMAT).putLong(sequence).array());
  }

  /** Keys and values written since the start, bytes. */
  long bytesWritten() {
    return bytesWritten;
  }

  private void writeEntry(String name, byte[] content) {
    int chunks = Math.max(1, (content.length + CHUNK_BYTES - 1) / CHUNK_BYTES);
    for (int i = 0; i < chunks; i++) {
      int from = i * CHUNK_BYTES;
      byte[] chunk = new byte[Math.min(content.length - from, CHUNK_BYTES)];
      System.arraycopy(content, from, chunk, 0, chunk.length);
      put(key(name, i), chunk);
    }
    deleteChunks(name, chunks);
    chunksOf.put(name, chunks);
  }

  private void deleteChunks(String name, int from) {
    int had = chunksOf.getOrDefault(name, 0);
    for (int i = from; i < had; i++) {
      store.delete(key(name, i));
    }
  }

  private void put(String key, byte[] value) {
    store.put(key, value);
    bytesWritten += key.length() + value.length;
  }

  /** Keys of an entry's chunks sort in the chunks' order. */
  private static String key(String name, int chunk) {
    return "%s%s#%06d".formatted(ENTRY, name, chunk);
  }
}
