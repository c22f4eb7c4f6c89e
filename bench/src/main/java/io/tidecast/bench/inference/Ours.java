package io.tidecast.bench.inference;

import io.tidecast.engine.inference.BayesianNetwork;
import io.tidecast.engine.inference.MiniBatch;

/** The engine itself. */
record Ours(int gradientsPerUpdate, BayesianNetwork network) implements Method {
  @Override
  public void learn(MiniBatch batch) {
    network.learn(batch);
  }

  @Override
  public float[][] predict(float[] x, int rows) {
    return network.predict(x, rows).parameters();
  }

  @Override
  public void close() {
    network.close();
  }
}
