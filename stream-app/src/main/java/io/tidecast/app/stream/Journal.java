package io.tidecast.app.stream;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The inputs that a learner accepted since its last snapshot, in order, in a logged store.
 *
 * <p>Positions start at 0 again after each snapshot and entries are written over, so the store
 * never holds more than the longest journal and nothing needs to be deleted. An entry carries its
 * sequence number: what an older journal left behind a shorter newer one is recognised by it and
 * ignored.
 */
final class Journal {
  private static final int KEY_BYTES = Long.BYTES;

  private final KeyValueStore<Long, byte[]> store;
  private long sequence;
  private long position;
  private long bytes;

  Journal(KeyValueStore<Long, byte[]> store) {
    this.store = store;
  }

  /** Adds one input. */
  void append(byte[] input) {
    sequence++;
    byte[] entry =
        ByteBuffer.allocate(Long.BYTES + input.length).putLong(sequence).put(input).array();
    store.put(position, entry);
    position++;
    bytes += KEY_BYTES + entry.length;
  }

  /**
   * Reads the inputs behind a snapshot and stands behind the last one afterwards.
   *
   * @param snapshotSequence number of the last input in the snapshot, 0 where there is none
   * @return how many there were
   */
  long replay(long snapshotSequence, Consumer<byte[]> input) {
    restartAt(snapshotSequence);
    for (byte[] entry = store.get(position); entry != null; entry = store.get(position)) {
      ByteBuffer b = ByteBuffer.wrap(entry);
      if (b.getLong() != sequence + 1) {
        break;
      }
      byte[] content = new byte[b.remaining()];
      b.get(content);
      sequence++;
      position++;
      bytes += KEY_BYTES + entry.length;
      input.accept(content);
    }
    return position;
  }

  /** Begins a new journal, because a snapshot now holds everything up to here. */
  void restart() {
    restartAt(sequence);
  }

  /** Number of the newest input since the learner began; the first is 1. */
  long sequence() {
    return sequence;
  }

  /** What has been written to this journal, keys and values. */
  long bytes() {
    return bytes;
  }

  private void restartAt(long newSequence) {
    sequence = newSequence;
    position = 0;
    bytes = 0;
  }
}
