package io.tidecast.app.stream;

import io.tidecast.engine.Learner;

/**
 * Decides when a learner's state is written out, and writes it slice by slice while the learner
 * goes on.
 *
 * <p>A snapshot begins when the journal has grown to its size, or when learning the journal again
 * would take a restart longer than a second and twenty times as long as a snapshot takes. So the
 * log carries at most about twice its data, snapshots cost at most about a twentieth of the time,
 * and a restart is short. When that happens depends on the clock, but changes nothing that is
 * learned.
 */
final class SnapshotSchedule {
  /**
   * A transaction may last ten seconds by default; a slice fits into one beside everything else.
   */
  private static final long SLICE_BYTES = 4L * 1024 * 1024;

  private static final long REPLAY_NANOS = 1_000_000_000L;
  private static final long REPLAYS_PER_SNAPSHOT = 20;

  private final Learner<?, ?> learner;
  private final Journal journal;
  private final SnapshotStore snapshots;
  private final long minBytes;
  private final TaskGauges gauges;
  private long learningNanos;
  private long learningBefore;
  private long writingNanos;
  private long snapshotNanos;
  private long bytesBefore;

  /**
   * A schedule.
   *
   * @param minBytes least journal that brings about a snapshot by its size
   */
  SnapshotSchedule(
      Learner<?, ?> learner,
      Journal journal,
      SnapshotStore snapshots,
      long minBytes,
      TaskGauges gauges) {
    this.learner = learner;
    this.journal = journal;
    this.snapshots = snapshots;
    this.minBytes = minBytes;
    this.gauges = gauges;
  }

  /** Learning inputs of the journal took this long; it would again. */
  void learned(long nanos) {
    learningNanos += nanos;
  }

  /** Begins a snapshot if it is time for one, and writes the next slice of one that was begun. */
  void advance() {
    if (!snapshots.isWriting()) {
      if (!isDue()) {
        return;
      }
      begin();
    }
    long began = System.nanoTime();
    boolean whole = snapshots.writeOn(SLICE_BYTES);
    writingNanos += System.nanoTime() - began;
    if (whole) {
      finish();
    }
  }

  private boolean isDue() {
    return journal.bytes() >= Math.max(learner.snapshotBytes(), minBytes)
        || learningNanos >= Math.max(REPLAY_NANOS, REPLAYS_PER_SNAPSHOT * snapshotNanos);
  }

  private void begin() {
    long began = System.nanoTime();
    bytesBefore = snapshots.bytesWritten();
    learningBefore = learningNanos;
    snapshots.begin(journal.mark(), learner.snapshot());
    writingNanos = System.nanoTime() - began;
  }

  private void finish() {
    gauges.journalWritten(journal.bytes());
    gauges.snapshotWritten(snapshots.bytesWritten() - bytesBefore);
    journal.restart();
    learningNanos -= learningBefore;
    snapshotNanos = writingNanos;
  }
}
