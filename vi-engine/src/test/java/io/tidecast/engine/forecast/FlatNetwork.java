package io.tidecast.engine.forecast;

import io.tidecast.engine.inference.MiniBatch;
import io.tidecast.engine.inference.PosteriorSummary;
import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import java.util.Arrays;
import java.util.List;

/** Says the same of every row and counts its steps: for tests of what lies around a network. */
final class FlatNetwork implements ForecastNetwork {
  private static final String KIND = "flat-network";

  private final int leads;
  private long steps;

  FlatNetwork(FeatureLayout layout) {
    leads = layout.horizon();
  }

  @Override
  public NetworkForecast learnThenPredict(List<MiniBatch> batches, float[] x, int rows) {
    steps += batches.size();
    float[] location = new float[rows * leads];
    float[] scale = new float[rows * leads];
    Arrays.fill(scale, 1);
    return new NetworkForecast(location, scale, scale.clone());
  }

  @Override
  public long steps() {
    return steps;
  }

  @Override
  public void setMemory(double observations) {
    // Remembers nothing.
  }

  @Override
  public PosteriorSummary summary() {
    return new PosteriorSummary("flat", 0, steps, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  @Override
  public StateWriter save() {
    return new StateWriter(KIND, 1).putLong("steps", steps);
  }

  @Override
  public void restore(byte[] bytes) {
    steps = new StateReader(KIND, 1, bytes).getLong("steps");
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
