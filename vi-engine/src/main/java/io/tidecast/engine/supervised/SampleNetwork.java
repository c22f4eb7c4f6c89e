package io.tidecast.engine.supervised;

import io.tidecast.engine.inference.MiniBatch;
import io.tidecast.engine.inference.PosteriorSummary;
import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import java.util.List;

/** What the learner asks of its network. */
interface SampleNetwork extends AutoCloseable {
  /** One step of learning; a target is a class index or in deviations. */
  void learn(MiniBatch batch);

  /**
   * Predicts rows of inputs.
   *
   * @param x [rows, d]
   */
  List<NetworkView> predict(float[] x, int rows);

  /** Learning steps so far. */
  long steps();

  /** Number of weights. */
  int parameters();

  PosteriorSummary summary();

  /** Changes how many rows the posterior remembers. */
  void setMemory(double nEff);

  void saveTo(StateWriter out);

  void restore(StateReader in);

  @Override
  void close();
}
