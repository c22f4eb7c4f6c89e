package io.tidecast.app.stream;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * What the tasks of this process have done since it started. Thread-safe.
 *
 * <p>received = accepted + refused. A task that is repeated after a failure counts its records
 * again, so these are figures for people; what was learned is in the state.
 */
public final class TaskGauges {
  /**
   * One learner: a partition of a model.
   *
   * @param model name of the model of labelled samples; empty for the forecaster
   */
  record Task(String model, int partition) {}

  private final Map<String, LongAdder> accepted = new ConcurrentHashMap<>();
  private final LongAdder replayed = new LongAdder();
  private final LongAdder journalBytes = new LongAdder();
  private final LongAdder snapshotBytes = new LongAdder();
  private final LongAdder snapshots = new LongAdder();
  private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> forwarded = new ConcurrentHashMap<>();
  private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
  private final Set<Task> restoring = ConcurrentHashMap.newKeySet();
  private final Map<Task, RestoredLearner> restored = new ConcurrentHashMap<>();
  private final Map<Task, LearnerFigures> learners = new ConcurrentHashMap<>();
  private final Map<Task, Boolean> awaitsCut = new ConcurrentHashMap<>();

  void accepted(Task task, Optional<RecordMetadata> source) {
    accepted.computeIfAbsent(task.model(), m -> new LongAdder()).increment();
    position(source);
  }

  void refused(Task task, Optional<RecordMetadata> source, String reason) {
    refused.computeIfAbsent(reason, r -> new LongAdder()).increment();
    position(source);
  }

  void awaitsCut(Task task, boolean waits) {
    awaitsCut.put(task, waits);
  }

  void closed(Task task) {
    awaitsCut.remove(task);
    learners.remove(task);
    restoring.remove(task);
    restored.remove(task);
  }

  void restoring(Task task) {
    restoring.add(task);
  }

  void learner(Task task, LearnerFigures figures) {
    learners.put(task, figures);
  }

  void replayedOne() {
    replayed.increment();
  }

  void restored(Task task, RestoredLearner learner) {
    restored.put(task, learner);
    restoring.remove(task);
  }

  void forwarded(String sink) {
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
    return accepted.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** Records accepted by the learners of each model; the forecaster's name is empty. */
  public Map<String, Long> acceptedByModel() {
    return sums(accepted);
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

  /** This process's forecasters as they were when they had been rebuilt, by partition. */
  public Map<Integer, RestoredLearner> restored() {
    return restored("");
  }

  /** Likewise the learners of a model of labelled samples. */
  public Map<Integer, RestoredLearner> restored(String model) {
    return byPartition(restored, model);
  }

  /**
   * This process's learners of a model of labelled samples as they are now, by partition.
   *
   * @param model empty: the forecasters
   */
  public Map<Integer, LearnerFigures> learners(String model) {
    return byPartition(learners, model);
  }

  /** Learners of this process as they are now, by model of labelled samples; empty: forecasters. */
  public Map<String, List<LearnerFigures>> learnersByModel() {
    return learners.entrySet().stream()
        .collect(
            Collectors.groupingBy(
                e -> e.getKey().model(),
                TreeMap::new,
                Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
  }

  private static <V> Map<Integer, V> byPartition(Map<Task, V> all, String model) {
    Map<Integer, V> ofModel = new TreeMap<>();
    all.forEach(
        (task, v) -> {
          if (task.model().equals(model)) {
            ofModel.put(task.partition(), v);
          }
        });
    return ofModel;
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
