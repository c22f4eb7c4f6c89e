package io.tidecast.app.stream;

import io.tidecast.engine.state.Snapshot;
import io.tidecast.engine.state.UnreadableStateException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A learner's snapshots in a logged store: each entry in chunks small enough for one Kafka record,
 * and a manifest that says which snapshot counts.
 *
 * <p>A snapshot holds the entries that changed. It may be larger than what one transaction can
 * carry in its time, so it is written slice by slice, beside the one that counts: an entry has two
 * places and the new content goes to the one that is free. The manifest comes last; the old places
 * are deleted then. Whatever a snapshot that was never finished left behind has a sequence number
 * beyond the manifest's and is ignored.
 */
final class SnapshotStore {
  /** Largest value; a broker takes 1 MiB by default. */
  static final int CHUNK_BYTES = 512 * 1024;

  private static final String MANIFEST = "manifest";
  private static final String ENTRY = "part/";
  private static final byte FORMAT = 2;

  /** Where format 1 kept an entry: its only place, without a header. */
  private static final String ENTRY_OF_FORMAT_1 = "entry/";

  private static final int PLACE_OF_FORMAT_1 = 2;
  private static final int HEADER_BYTES = Long.BYTES + Integer.BYTES;

  private final KeyValueStore<String, byte[]> store;
  private final Map<String, Place> current = new HashMap<>();
  private final List<String> unfinished = new ArrayList<>();
  private @Nullable Writing writing;
  private long bytesWritten;

  SnapshotStore(KeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  /** Where an entry's content lies, and in how many chunks. */
  private record Place(int number, int chunks) {}

  /**
   * What the store holds.
   *
   * @param at the place in the journal that the snapshot stands for
   * @param entries the learner's entries by name
   */
  record Saved(Journal.Mark at, Map<String, byte[]> entries) {}

  /** A snapshot on its way into the store. */
  private static final class Writing {
    private final Journal.Mark at;
    private final Snapshot snapshot;
    private final List<Map.Entry<String, byte[]>> entries;
    private int entry;
    private int chunk;

    Writing(Journal.Mark at, Snapshot snapshot) {
      this.at = at;
      this.snapshot = snapshot;
      entries = List.copyOf(new TreeMap<>(snapshot.changed()).entrySet());
    }

    boolean isWhole() {
      return entry == entries.size();
    }
  }

  /**
   * Reads the snapshot that counts.
   *
   * @return no entries where none has been written
   * @throws UnreadableStateException if the store was written by a newer version, or is damaged
   */
  Saved read() {
    current.clear();
    unfinished.clear();
    writing = null;
    byte[] manifest = store.get(MANIFEST);
    if (manifest == null) {
      return new Saved(Journal.Mark.START, Map.of());
    }
    ByteBuffer m = ByteBuffer.wrap(manifest);
    byte format = m.get();
    if (format > FORMAT) {
      throw new UnreadableStateException(
          "snapshot manifest: format %d is newer than %d, the newest that this version reads; run the newer version"
              .formatted(format, FORMAT));
    }
    long sequence = m.getLong();
    Journal.Mark at =
        format == 1
            ? new Journal.Mark(sequence, 0, 0)
            : new Journal.Mark(sequence, m.get(), m.getLong());
    Map<String, byte[]> entries = readFormatOne();
    readParts(sequence, entries);
    return new Saved(at, entries);
  }

  private Map<String, byte[]> readFormatOne() {
    Map<String, ByteArrayOutputStream> contents = new HashMap<>();
    try (KeyValueIterator<String, byte[]> all = range(ENTRY_OF_FORMAT_1)) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> chunk = all.next();
        String name = chunk.key.substring(ENTRY_OF_FORMAT_1.length(), chunk.key.lastIndexOf('#'));
        contents.computeIfAbsent(name, n -> new ByteArrayOutputStream()).writeBytes(chunk.value);
        current.merge(
            name,
            new Place(PLACE_OF_FORMAT_1, 1),
            (a, b) -> new Place(a.number(), a.chunks() + b.chunks()));
      }
    }
    Map<String, byte[]> entries = new TreeMap<>();
    contents.forEach((name, content) -> entries.put(name, content.toByteArray()));
    return entries;
  }

  private KeyValueIterator<String, byte[]> range(String prefix) {
    return store.range(prefix, prefix + Character.MAX_VALUE);
  }

  private void readParts(long newest, Map<String, byte[]> entries) {
    try (KeyValueIterator<String, byte[]> all = range(ENTRY)) {
      ByteBuffer content = ByteBuffer.allocate(0);
      while (all.hasNext()) {
        KeyValue<String, byte[]> next = all.next();
        int mark = next.key.lastIndexOf('#');
        ByteBuffer chunk = ByteBuffer.wrap(next.value);
        if (Integer.parseInt(next.key.substring(mark + 1)) == 0) {
          boolean counts = chunk.getLong() <= newest;
          int length = chunk.getInt();
          content = ByteBuffer.allocate(counts ? length : 0);
          if (counts) {
            String name = next.key.substring(ENTRY.length(), mark - 2);
            entries.put(name, content.array());
            current.put(name, new Place(next.key.charAt(mark - 1) - '0', chunks(length)));
          }
        }
        if (content.remaining() >= chunk.remaining()) {
          content.put(chunk);
        } else {
          unfinished.add(next.key);
        }
      }
    }
  }

  /** Begins a snapshot of the state at a place in the journal; {@link #writeOn} writes it. */
  void begin(Journal.Mark at, Snapshot snapshot) {
    unfinished.forEach(store::delete);
    unfinished.clear();
    writing = new Writing(at, snapshot);
  }

  /** Whether a snapshot has been begun that does not count yet. */
  boolean isWriting() {
    return writing != null;
  }

  /**
   * Writes the next part of the snapshot that was begun.
   *
   * @param atMost about how many bytes
   * @return whether it counts from now on
   */
  boolean writeOn(long atMost) {
    Writing now = writing;
    if (now == null) {
      return false;
    }
    long before = bytesWritten;
    while (!now.isWhole() && bytesWritten - before < atMost) {
      writeChunk(now);
    }
    if (now.isWhole()) {
      finish(now);
    }
    return writing == null;
  }

  private void writeChunk(Writing now) {
    Map.Entry<String, byte[]> entry = now.entries.get(now.entry);
    byte[] content = entry.getValue();
    int from = Math.max(0, now.chunk * CHUNK_BYTES - HEADER_BYTES);
    int to = Math.min((now.chunk + 1) * CHUNK_BYTES - HEADER_BYTES, content.length);
    ByteBuffer chunk = ByteBuffer.allocate(to - from + (now.chunk == 0 ? HEADER_BYTES : 0));
    if (now.chunk == 0) {
      chunk.putLong(now.at.sequence()).putInt(content.length);
    }
    chunk.put(content, from, to - from);
    put(key(entry.getKey(), free(entry.getKey()), now.chunk), chunk.array());
    now.chunk++;
    if (now.chunk == chunks(content.length)) {
      now.chunk = 0;
      now.entry++;
    }
  }

  private void finish(Writing now) {
    Journal.Mark at = now.at;
    put(
        MANIFEST,
        ByteBuffer.allocate(2 + 2 * Long.BYTES)
            .put(FORMAT)
            .putLong(at.sequence())
            .put((byte) at.half())
            .putLong(at.position())
            .array());
    for (Map.Entry<String, byte[]> entry : now.entries) {
      String name = entry.getKey();
      Place place = new Place(free(name), chunks(entry.getValue().length));
      delete(name);
      current.put(name, place);
    }
    now.snapshot.removed().forEach(this::delete);
    writing = null;
  }

  private void delete(String name) {
    Place place = current.remove(name);
    for (int i = 0; place != null && i < place.chunks(); i++) {
      store.delete(key(name, place.number(), i));
    }
  }

  /** A place of an entry that the snapshot that counts does not use. */
  private int free(String name) {
    Place place = current.get(name);
    return place != null && place.number() == 0 ? 1 : 0;
  }

  /** Keys and values written since the start, bytes. */
  long bytesWritten() {
    return bytesWritten;
  }

  private void put(String key, byte[] value) {
    store.put(key, value);
    bytesWritten += key.length() + value.length;
  }

  private static int chunks(int length) {
    return (length + HEADER_BYTES + CHUNK_BYTES - 1) / CHUNK_BYTES;
  }

  /** Keys of an entry's chunks sort in the chunks' order. */
  private static String key(String name, int place, int chunk) {
    return place == PLACE_OF_FORMAT_1
        ? "%s%s#%06d".formatted(ENTRY_OF_FORMAT_1, name, chunk)
        : "%s%s@%d#%06d".formatted(ENTRY, name, place, chunk);
  }
}
