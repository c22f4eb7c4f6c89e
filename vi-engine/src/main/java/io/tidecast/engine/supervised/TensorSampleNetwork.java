package io.tidecast.engine.supervised;

import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.inference.BayesianNetwork;
import io.tidecast.engine.inference.MiniBatch;
import io.tidecast.engine.inference.PosteriorSummary;
import io.tidecast.engine.predict.ClassPredictive;
import io.tidecast.engine.predict.Predictive;
import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import java.util.ArrayList;
import java.util.List;

/** The Bayesian network on the compute device. */
final class TensorSampleNetwork implements SampleNetwork {
  private final Task task;
  private final BayesianNetwork network;

  TensorSampleNetwork(ComputeDevice device, SupervisedSettings settings, int inputs) {
    task = settings.task();
    network =
        BayesianNetwork.create(
            device,
            settings.network(),
            settings.likelihood(),
            settings.learning(),
            inputs,
            1,
            settings.seed(),
            settings.pretrained());
  }

  @Override
  public void learn(MiniBatch batch) {
    network.learn(batch);
  }

  @Override
  public List<NetworkView> predict(float[] x, int rows) {
    List<NetworkView> views = new ArrayList<>(rows);
    if (task instanceof Task.Classification) {
      ClassPredictive predictive = network.classify(x, rows);
      for (int row = 0; row < rows; row++) {
        double[] p = predictive.probabilities(row);
        double expected = predictive.entropy(row) - predictive.mutualInformation(row);
        views.add(new NetworkView.Classes(p, expected));
      }
    } else {
      Predictive predictive = network.predict(x, rows);
      for (int row = 0; row < rows; row++) {
        views.add(
            new NetworkView.Value(
                predictive.mean(row, 0),
                predictive.epistemicVariance(row, 0),
                predictive.aleatoricVariance(row, 0)));
      }
    }
    return views;
  }

  @Override
  public long steps() {
    return network.steps();
  }

  @Override
  public int parameters() {
    return network.parameters();
  }

  @Override
  public PosteriorSummary summary() {
    return network.summary();
  }

  @Override
  public void setMemory(double nEff) {
    network.setMemory(nEff, network.settings().memory().omega());
  }

  @Override
  public void saveTo(StateWriter out) {
    network.saveTo(out);
  }

  @Override
  public void restore(StateReader in) {
    network.restore(in);
  }

  @Override
  public void close() {
    network.close();
  }
}
