package io.tidecast.app.stream;

import io.tidecast.engine.Learner;
import io.tidecast.engine.Rejection;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds one partition to its event-sourced learner.
 *
 * <p>Each accepted input goes to the journal before the learner sees it; when the journal has grown
 * to the size of a snapshot, a snapshot is written and the journal begins anew. {@link #init} loads
 * the snapshot and replays the journal through the same {@link Learner#accept}, without outputs.
 * Stores, outputs and offsets share the task's transaction, so each commit point is consistent, and
 * after a crash at any point every input has been learned exactly once.
 */
final class LearnerProcessor<I, O> implements Processor<byte[], byte[], byte[], byte[]> {
  /** Figures for people need not be newer. */
  private static final long FIGURES_NANOS = 1_000_000_000L;

  private static final Logger log = LoggerFactory.getLogger(LearnerProcessor.class);

  private final LearnerNodes nodes;
  private final LearnerBinding<I, O> binding;
  private final LearnerNodes.Running running;
  private final TaskGauges gauges;
  private @Nullable Session session;

  LearnerProcessor(LearnerNodes nodes, LearnerBinding<I, O> binding, LearnerNodes.Running running) {
    this.nodes = nodes;
    this.binding = binding;
    this.running = running;
    gauges = running.gauges();
  }

  /**
   * Kafka Streams may call this again on the same object after a corrupted task: everything starts
   * from the stores.
   */
  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    close();
    session = new Session(context);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    if (session == null) {
      throw new IllegalStateException("process before init");
    }
    session.process(record);
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
      session = null;
    }
  }

  /** Everything that lives from one {@link #init} to the next. */
  private final class Session {
    private final ProcessorContext<byte[], byte[]> context;
    private final Learner<I, O> learner;
    private final Journal journal;
    private final SnapshotStore snapshots;
    private final TaskGauges.Task task;
    private boolean quietSinceTick;
    private long figuresAt;

    Session(ProcessorContext<byte[], byte[]> context) {
      this.context = context;
      int partition = context.taskId().partition();
      task = new TaskGauges.Task(nodes.model(), partition);
      journal = new Journal(context.getStateStore(nodes.journal()));
      snapshots = new SnapshotStore(context.getStateStore(nodes.snapshot()));
      learner = binding.newLearner(partition);
      restore();
      running
          .batchTimeout()
          .ifPresent(t -> context.schedule(t, PunctuationType.WALL_CLOCK_TIME, now -> tick(now)));
    }

    void close() {
      learner.close();
      gauges.closed(task);
    }

    private void restore() {
      long began = System.nanoTime();
      gauges.restoring(task);
      RestoreProgress progress = new RestoreProgress(nodes.describe(task.partition()));
      SnapshotStore.Saved saved = snapshots.read();
      if (saved.sequence() > 0) {
        learner.restore(saved.entries());
      }
      long replayed =
          journal.replay(
              saved.sequence(),
              bytes -> {
                learner.accept(learner.decode(bytes));
                gauges.replayedOne();
                progress.replayed();
              });
      String hash = learner.stateHash();
      tellFigures();
      gauges.restored(task, new RestoredLearner(journal.sequence(), replayed, hash));
      log.info(
          "{}: learner ready: {} inputs, {} of them replayed from the journal, state {},"
              + " in {} ms",
          nodes.describe(task.partition()),
          journal.sequence(),
          replayed,
          hash,
          (System.nanoTime() - began) / 1_000_000);
    }

    void process(Record<byte[], byte[]> record) {
      I input;
      try {
        input = Patiently.call(() -> binding.read(record.key(), record.value()));
        Optional<Rejection> rejection = learner.check(input);
        if (rejection.isPresent()) {
          refuse(record, rejection.get());
          return;
        }
      } catch (RefusedException e) {
        refuse(record, e.rejection());
        return;
      }
      quietSinceTick = false;
      accept(input, record.timestamp());
      gauges.accepted(task, context.recordMetadata());
    }

    /** Cuts a mini-batch to which nothing was added for a whole period of the timer. */
    private void tick(long now) {
      if (quietSinceTick && learner.awaitsCut()) {
        accept(binding.cut(), now);
      }
      quietSinceTick = true;
    }

    private void accept(I input, long timestamp) {
      journal.append(learner.encode(input));
      for (O output : learner.accept(input)) {
        LearnerBinding.Outgoing out = Patiently.call(() -> binding.write(output));
        context.forward(new Record<>(out.key(), out.value(), Math.max(timestamp, 0)), out.sink());
        gauges.forwarded(out.sink());
      }
      gauges.awaitsCut(task, learner.awaitsCut());
      if (journal.bytes() >= Math.max(learner.snapshotBytes(), running.snapshotMinBytes())) {
        gauges.journalWritten(journal.bytes());
        long before = snapshots.bytesWritten();
        snapshots.write(journal.sequence(), learner.snapshot());
        gauges.snapshotWritten(snapshots.bytesWritten() - before);
        journal.restart();
      }
      if (System.nanoTime() - figuresAt > FIGURES_NANOS) {
        tellFigures();
      }
    }

    private void tellFigures() {
      figuresAt = System.nanoTime();
      gauges.learner(
          task,
          new LearnerFigures(
              task.partition(),
              journal.sequence(),
              journal.bytes(),
              learner.snapshotBytes(),
              learner.posterior()));
    }

    private void refuse(Record<byte[], byte[]> record, Rejection rejection) {
      Optional<RecordMetadata> source = context.recordMetadata();
      Headers headers = DeadLetter.headers(record.headers(), rejection, source);
      context.forward(
          new Record<>(record.key(), record.value(), Math.max(record.timestamp(), 0), headers),
          nodes.deadLetters());
      gauges.refused(task, source, rejection.reason());
      log.debug("dead letter: {}: {} ({})", rejection.reason(), rejection.detail(), source);
    }
  }
}
