package io.tidecast.app.stream;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * What the tasks of this process have done since it started. Thread-safe.
 *
 * <p>received = accepted + refused. A task that is repeated after a failure counts its records
 * again, so these are figures for people; what was learned is in the state.
 */
public final class TaskGauges {
  private final LongAdder accepted = new LongAdder();
  private final LongAdder replayed = new LongAdder();
  private final LongAdder journalBytes = new LongAdder();
  private final LongAdder snapshotBytes = new LongAdder();
  private final LongAdder snapshots = new LongAdder();
  private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> forwarded = new ConcurrentHashMap<>();
  private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
  private final Set<Integer> restoring = ConcurrentHashMap.newKeySet();
  private final Map<Integer, RestoredLearner> restored = new ConcurrentHashMap<>();
  private final Map<Integer, LearnerFigures> learners = new ConcurrentHashMap<>();
  private final Map<Integer, Boolean> awaitsCut = new ConcurrentHashMap<>();

  void accepted(int partition, Optional<RecordMetadata> source) {
    accepted.increment();
    position(source);
  }

  void refused(int partition, Optional<RecordMetadata> source, String reason) {
    refused.computeIfAbsent(reason, r -> new LongAdder()).increment();
    position(source);
  }

  void awaitsCut(int partition, boolean waits) {
    awaitsCut.put(partition, waits);
  }

  void closed(int partition) {
    awaitsCut.remove(partition);
    learners.remove(partition);
    restoring.remove(partition);
    restored.remove(partition);
  }

  void restoring(int partition) {
    restoring.add(partition);
  }

  void learner(LearnerFigures figures) {
    learners.put(figures.partition(), figures);
  }

  void replayedOne() {
    replayed.increment();
  }

  void restored(int partition, RestoredLearner learner) {
    restored.put(partition, learner);
    restoring.remove(partition);
  }

  void forwarded(int partition, String sink) {
    forwarded.computeIfAbsent(sink, s -> new LongAdder()).increment();
  }

  void journalWritten(long bytes) {
    journalBytes.add(bytes);
  }

  void snapshotWritten(long bytes) {
    snapshots.increment();
    snapshotBytes.add(bytes);
  }

  /** Records accepted by their learner. */
  public long accepted() {
    return accepted.sum();
  }

  /** Records accepted or refused. */
  public long received() {
    return accepted() + refused.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** Whether no learner of this process has inputs waiting for their mini-batch to be cut. */
  public boolean isIdle() {
    return awaitsCut.values().stream().noneMatch(waits -> waits);
  }

  /** Records refused, by reason. */
  public Map<String, Long> refused() {
    return sums(refused);
  }

  /** Records sent, by sink. */
  public Map<String, Long> forwarded() {
    return sums(forwarded);
  }

  /** Journalled inputs replayed by restores. */
  public long replayed() {
    return replayed.sum();
  }

  /** Snapshots written. */
  public long snapshots() {
    return snapshots.sum();
  }

  /** Bytes of journals that a snapshot has ended. */
  public long journalBytes() {
    return journalBytes.sum();
  }

  /** Bytes of snapshots. */
  public long snapshotBytes() {
    return snapshotBytes.sum();
  }

  /** Next offset of each partition that was read from. */
  public Map<TopicPartition, Long> positions() {
    return Map.copyOf(positions);
  }

  /** Whether every learner of this process is restored. */
  public boolean allRestored() {
    return restoring.isEmpty();
  }

  /** This process's learners as they were when they had been rebuilt, by partition. */
  public Map<Integer, RestoredLearner> restored() {
    return new TreeMap<>(restored);
  }

  /** This process's learners, by partition. */
  public Map<Integer, LearnerFigures> learners() {
    return new TreeMap<>(learners);
  }

  private void position(Optional<RecordMetadata> source) {
    source.ifPresent(
        s -> positions.put(new TopicPartition(s.topic(), s.partition()), s.offset() + 1));
  }

  private static Map<String, Long> sums(Map<String, LongAdder> counters) {
    Map<String, Long> sums = new TreeMap<>();
    counters.forEach((name, n) -> sums.put(name, n.sum()));
    return sums;
  }
}
