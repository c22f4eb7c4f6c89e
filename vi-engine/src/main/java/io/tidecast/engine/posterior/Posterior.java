package io.tidecast.engine.posterior;

import ai.djl.pytorch.engine.PtNDArray;
import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;

/**
 * The live tensors of a posterior and the TorchScript that draws from it and moves it.
 *
 * <p>The script has {@code draw(state, work, pool, seed)}, {@code update(state, means, work, n,
 * rate, lr, refresh)} and {@code diagnose(state, work, lr)}. Not thread-safe.
 */
public sealed interface Posterior permits MeanFieldPosterior {
  /** Number P of weights. */
  int parameters();

  /** What persists from step to step. */
  PtNDArray[] state();

  /** The tensors of the means alone, which are also part of the state. */
  PtNDArray[] means();

  /**
   * Buffers for M draws, allocated once; the third is theta [M, P], the fourth its gradient [M, P].
   */
  PtNDArray[] work(int draws);

  String script();

  void saveTo(StateWriter out);

  /**
   * Takes over what {@link #saveTo} wrote.
   *
   * @throws io.tidecast.engine.state.UnreadableStateException if it is of another size
   */
  void restore(StateReader in);
}
