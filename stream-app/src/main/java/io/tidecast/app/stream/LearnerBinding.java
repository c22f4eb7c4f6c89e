package io.tidecast.app.stream;

import io.tidecast.engine.Learner;
import org.jspecify.annotations.Nullable;

/**
 * What joins a kind of learner to its topics.
 *
 * @param <I> the learner's inputs
 * @param <O> the learner's outputs
 */
interface LearnerBinding<I, O> {

  /** A new learner for one partition. */
  Learner<I, O> newLearner(int partition);

  /**
   * Makes an input of a record.
   *
   * @throws RefusedException if the record can never be an input
   * @throws io.tidecast.schemas.RegistryUnavailableException if that cannot be known now
   */
  I read(byte @Nullable [] key, byte @Nullable [] value);

  /** The input that cuts a mini-batch. */
  I cut();

  /** Makes a record of an output. */
  Outgoing write(O output);

  /**
   * A record on its way out.
   *
   * @param sink name of the sink node
   */
  record Outgoing(String sink, byte[] key, byte[] value) {}
}
