package io.tidecast.engine.supervised;

import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;

/**
 * The newest labelled rows, in blocks that are saved one by one, so that a snapshot carries only
 * what is new.
 */
final class ReplayBuffer {
  private static final String KIND = "replay-block";
  private static final String PREFIX = "replay/";
  private static final int BLOCK_FLOATS = 1 << 15;

  private final int capacity;
  private final int width;
  private final int blockRows;
  private final float[][] rows;
  private final double[] labels;
  private final BitSet changed = new BitSet();
  private long added;

  ReplayBuffer(int capacity, int width) {
    this.capacity = capacity;
    this.width = width;
    blockRows = Math.max(1, BLOCK_FLOATS / width);
    rows = new float[capacity][];
    labels = new double[capacity];
  }

  /** Keeps the row itself, which must not change any more. */
  void add(float[] row, double label) {
    int slot = (int) (added++ % capacity);
    rows[slot] = row;
    labels[slot] = label;
    changed.set(slot / blockRows);
  }

  int size() {
    return (int) Math.min(added, capacity);
  }

  /** The row that is {@code back} older than the newest; 0 is the newest. */
  float[] row(int back) {
    return rows[slot(back)];
  }

  double label(int back) {
    return labels[slot(back)];
  }

  private int slot(int back) {
    return (int) ((added - 1 - back) % capacity);
  }

  long added() {
    return added;
  }

  long changedBytes() {
    return changed.stream().mapToLong(block -> rowsIn(block) * (4L * width + Double.BYTES)).sum();
  }

  /** Blocks that changed since the last call. */
  void saveChanged(Map<String, byte[]> entries) {
    for (int block = changed.nextSetBit(0); block >= 0; block = changed.nextSetBit(block + 1)) {
      entries.put(PREFIX + block, block(block).toBytes());
    }
    changed.clear();
  }

  /** All rows, for a hash. */
  byte[] bytes(int block) {
    return block(block).toBytes();
  }

  int blocks() {
    return (size() + blockRows - 1) / blockRows;
  }

  private int rowsIn(int block) {
    return Math.min(blockRows, size() - block * blockRows);
  }

  private StateWriter block(int block) {
    int first = block * blockRows;
    int count = rowsIn(block);
    float[] flat = new float[count * width];
    for (int i = 0; i < count; i++) {
      System.arraycopy(rows[first + i], 0, flat, i * width, width);
    }
    return new StateWriter(KIND, 1)
        .putDoubles("labels", Arrays.copyOfRange(labels, first, first + count))
        .putFloats("rows", flat);
  }

  void restore(long addedBefore, Map<String, byte[]> entries) {
    added = addedBefore;
    for (int block = 0; block < blocks(); block++) {
      String name = PREFIX + block;
      StateReader in = new StateReader(KIND, 1, Entries.require(entries, name));
      double[] blockLabels = in.getDoubles("labels");
      float[] flat = in.getFloats("rows", blockLabels.length * width);
      for (int i = 0; i < blockLabels.length; i++) {
        int slot = block * blockRows + i;
        labels[slot] = blockLabels[i];
        rows[slot] = Arrays.copyOfRange(flat, i * width, (i + 1) * width);
      }
    }
  }
}
