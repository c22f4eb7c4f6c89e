package io.tidecast.app.service;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** How far the state stores are rebuilt from their changelogs. Thread-safe. */
final class RestoreProgress implements StateRestoreListener {
  private final Map<TopicPartition, Part> parts = new ConcurrentHashMap<>();

  private record Part(long restored, long expected) {}

  @Override
  public void onRestoreStart(TopicPartition partition, String store, long from, long to) {
    parts.put(partition, new Part(0, Math.max(0, to - from)));
  }

  @Override
  public void onBatchRestored(TopicPartition partition, String store, long end, long records) {
    parts.computeIfPresent(
        partition, (p, part) -> new Part(part.restored() + records, part.expected()));
  }

  @Override
  public void onRestoreEnd(TopicPartition partition, String store, long records) {
    // Offsets are not all records: what is left is aborted transactions and their marks.
    parts.computeIfPresent(partition, (p, part) -> new Part(part.expected(), part.expected()));
  }

  /** Changelog records restored, of those that the newest assignments asked for. */
  long restored() {
    return parts.values().stream().mapToLong(p -> Math.min(p.restored(), p.expected())).sum();
  }

  /** Changelog records that the newest assignments asked for. */
  long expected() {
    return parts.values().stream().mapToLong(Part::expected).sum();
  }
}
