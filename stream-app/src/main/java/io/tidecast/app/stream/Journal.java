package io.tidecast.app.stream;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The inputs that a learner accepted since its last snapshot, in order, in a logged store.
 *
 * <p>There are two halves, each with positions from 0. A new snapshot makes the journal go on at
 * the start of the other half, and entries are written over: the store never holds more than the
 * two longest journals, and nothing needs to be deleted. An entry carries its sequence number, by
 * which what an older journal left behind is recognised and ignored.
 */
final class Journal {
  private static final int KEY_BYTES = Long.BYTES;
  private static final int HALF_SHIFT = 62;

  private final KeyValueStore<Long, byte[]> store;
  private long sequence;
  private int half;
  private long position;
  private long bytes;

  Journal(KeyValueStore<Long, byte[]> store) {
    this.store = store;
  }

  /**
   * A place between two inputs.
   *
   * @param sequence number of the input before it, 0 at the start
   * @param half the half that goes on behind it
   * @param position where in that half
   */
  record Mark(long sequence, int half, long position) {
    static final Mark START = new Mark(0, 0, 0);
  }

  /** Adds one input. */
  void append(byte[] input) {
    sequence++;
    byte[] entry =
        ByteBuffer.allocate(Long.BYTES + input.length).putLong(sequence).put(input).array();
    store.put(key(half, position), entry);
    position++;
    bytes += KEY_BYTES + entry.length;
  }

  /**
   * Reads the inputs behind a place and stands behind the last one afterwards.
   *
   * @return how many there were
   */
  long replay(Mark from, Consumer<byte[]> input) {
    sequence = from.sequence();
    half = from.half();
    position = from.position();
    bytes = 0;
    replayHalf(input);
    if (isNext(store.get(key(1 - half, 0)))) {
      half = 1 - half;
      position = 0;
      replayHalf(input);
    }
    return sequence - from.sequence();
  }

  private void replayHalf(Consumer<byte[]> input) {
    byte[] entry = store.get(key(half, position));
    while (entry != null && isNext(entry)) {
      byte[] content = new byte[entry.length - Long.BYTES];
      System.arraycopy(entry, Long.BYTES, content, 0, content.length);
      sequence++;
      position++;
      bytes += KEY_BYTES + entry.length;
      input.accept(content);
      entry = store.get(key(half, position));
    }
  }

  private boolean isNext(byte @Nullable [] entry) {
    return entry != null && ByteBuffer.wrap(entry).getLong() == sequence + 1;
  }

  /** The place behind the newest input. */
  Mark mark() {
    return new Mark(sequence, half, position);
  }

  /** Goes on in the other half, because a snapshot now holds what that had. */
  void restart() {
    half = 1 - half;
    position = 0;
    bytes = 0;
  }

  /** Number of the newest input since the learner began; the first is 1. */
  long sequence() {
    return sequence;
  }

  /** What has been written since the last restart, keys and values. */
  long bytes() {
    return bytes;
  }

  private static long key(int half, long position) {
    return ((long) half << HALF_SHIFT) | position;
  }
}
