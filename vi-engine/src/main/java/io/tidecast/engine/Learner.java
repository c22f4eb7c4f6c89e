package io.tidecast.engine;

import io.tidecast.engine.inference.PosteriorSummary;
import io.tidecast.engine.state.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A deterministic state machine that learns from one ordered sequence of inputs.
 *
 * <p>State and outputs depend on the inputs and the seed alone, never on the clock or on thread
 * timing, so a learner rebuilt from its last snapshot and the inputs accepted since is, on a CPU,
 * bit for bit the learner that was lost. Not thread-safe.
 *
 * @param <I> inputs, which a journal can keep (see {@link #encode} and {@link #decode})
 * @param <O> outputs
 */
public interface Learner<I, O> extends AutoCloseable {

  /**
   * Says whether {@link #accept} would take this input now. Changes nothing.
   *
   * @return why the input is refused, or empty where it is good
   */
  Optional<Rejection> check(I input);

  /**
   * Learns from one input.
   *
   * @param input an input that {@link #check} found good
   * @return what this input made known, in order; a replay drops it
   */
  List<O> accept(I input);

  /**
   * Says whether inputs are waiting for their mini-batch to be cut, so that a cut by the timer
   * would have an effect. Changes nothing.
   */
  boolean awaitsCut();

  /** The input as bytes for the journal; {@link #decode} gives an equal input back. */
  byte[] encode(I input);

  /**
   * The input that {@link #encode} made into these bytes.
   *
   * @throws io.tidecast.engine.state.UnreadableStateException if the bytes are damaged or of a
   *     newer version
   */
  I decode(byte[] bytes);

  /**
   * Entries that changed since the last snapshot, or since {@link #restore}, and marks them as
   * unchanged. Entries of all snapshots laid over each other in order are the learner's whole
   * state.
   */
  Snapshot snapshot();

  /**
   * About how many bytes {@link #snapshot} would return now; cheap, for deciding when to call it.
   */
  long snapshotBytes();

  /**
   * Takes over a state. To be called on a new learner, before any input.
   *
   * @param entries every entry of the snapshots so far, by name
   * @throws io.tidecast.engine.state.UnreadableStateException if an entry is missing, damaged, of a
   *     newer version, or was written under other settings
   */
  void restore(Map<String, byte[]> entries);

  /** A hash over the whole state, equal for learners that will behave equally from here on. */
  String stateHash();

  /** The posterior in a few figures, for people; empty before there is one. Changes nothing. */
  Optional<PosteriorSummary> posterior();

  @Override
  void close();
}
