package io.tidecast.engine.forecast;

import io.tidecast.engine.inference.MiniBatch;
import io.tidecast.engine.inference.PosteriorSummary;
import io.tidecast.engine.state.StateWriter;
import java.util.List;

/** What the learner asks of its network. */
interface ForecastNetwork extends AutoCloseable {
  /**
   * One step of learning for each mini-batch, in order, then a forecast from rows of inputs.
   *
   * @param x [rows, d], exactly
   */
  NetworkForecast learnThenPredict(List<MiniBatch> batches, float[] x, int rows);

  /** Sets how many rows its posterior remembers from the next step on. */
  void setMemory(double rows);

  /** Learning steps so far. */
  long steps();

  PosteriorSummary summary();

  StateWriter save();

  /** Takes over what {@link #save} wrote. */
  void restore(byte[] bytes);

  @Override
  void close();
}
