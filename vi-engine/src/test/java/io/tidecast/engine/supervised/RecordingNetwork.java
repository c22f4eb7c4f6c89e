package io.tidecast.engine.supervised;

import io.tidecast.engine.inference.MiniBatch;
import io.tidecast.engine.inference.PosteriorSummary;
import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import java.util.ArrayList;
import java.util.List;

/** A network without tensors: predicts the mean of the labels it learned, and keeps what it saw. */
final class RecordingNetwork implements SampleNetwork {
  final List<MiniBatch> learned = new ArrayList<>();
  final List<float[]> predicted = new ArrayList<>();
  double memory = -1;
  private final int classes;
  private double mean;
  private long steps;

  /**
   * @param classes number of classes, or 0 for a regression
   */
  RecordingNetwork(int classes) {
    this.classes = classes;
  }

  @Override
  public void learn(MiniBatch batch) {
    learned.add(batch);
    steps++;
    for (float y : batch.y()) {
      mean += .01 * (y - mean);
    }
  }

  @Override
  public List<NetworkView> predict(float[] x, int rows) {
    predicted.add(x.clone());
    List<NetworkView> views = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      views.add(classes == 0 ? new NetworkView.Value(mean, .1, .9) : classes());
    }
    return views;
  }

  private NetworkView classes() {
    double[] p = new double[classes];
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      p[c] = 1 / (1 + Math.abs(c - mean));
      sum += p[c];
    }
    for (int c = 0; c < classes; c++) {
      p[c] /= sum;
    }
    return new NetworkView.Classes(p, .9 * ClassPool.entropy(p));
  }

  @Override
  public long steps() {
    return steps;
  }

  @Override
  public int parameters() {
    return 1;
  }

  @Override
  public PosteriorSummary summary() {
    return new PosteriorSummary("mean", 1, steps, steps, memory, memory, 1, .01, 0, 0, 0, 1);
  }

  @Override
  public void setMemory(double nEff) {
    memory = nEff;
  }

  @Override
  public void saveTo(StateWriter out) {
    out.putDouble("mean", mean).putLong("steps", steps).putDouble("memory", memory);
  }

  @Override
  public void restore(StateReader in) {
    mean = in.getDouble("mean");
    steps = in.getLong("steps");
    memory = in.getDouble("memory");
  }

  @Override
  public void close() {}
}
