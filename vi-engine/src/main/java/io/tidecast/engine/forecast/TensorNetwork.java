package io.tidecast.engine.forecast;

import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.inference.BayesianNetwork;
import io.tidecast.engine.inference.LearningSettings;
import io.tidecast.engine.inference.MiniBatch;
import io.tidecast.engine.inference.PosteriorSummary;
import io.tidecast.engine.network.NetworkSpec;
import io.tidecast.engine.network.StudentT;
import io.tidecast.engine.predict.Predictive;
import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import java.util.List;

/** The Bayesian network of the forecasting recipe on the compute device. */
final class TensorNetwork implements ForecastNetwork {
  private static final String KIND = "forecast-network";
  private static final String SPEC = "mlp(hidden=64, activation=relu, skip=linear)";

  /**
   * (nu - 2) / nu for nu = 5: with this share of the draws' variance in its squared scale, a single
   * Student t has the variance of their mixture.
   */
  private static final double DISAGREEMENT = 0.6;

  private final int leads;
  private final BayesianNetwork network;

  TensorNetwork(ComputeDevice device, FeatureLayout layout, long seed) {
    leads = layout.horizon();
    network =
        BayesianNetwork.create(
            device,
            NetworkSpec.parse(SPEC),
            new StudentT(5),
            LearningSettings.forecasting(),
            layout.size(),
            leads,
            seed);
  }

  @Override
  public NetworkForecast learnThenPredict(List<MiniBatch> batches, float[] x, int rows) {
    Predictive predictive = network.learnThenPredict(batches, x, rows);
    int n = rows * leads;
    float[] location = new float[n];
    float[] scale = new float[n];
    float[] epistemic = new float[n];
    for (int row = 0; row < rows; row++) {
      for (int lead = 0; lead < leads; lead++) {
        int i = row * leads + lead;
        double variance = predictive.epistemicVariance(row, lead);
        location[i] = (float) predictive.mean(row, lead);
        scale[i] =
            (float) Math.sqrt(predictive.meanSquaredScale(row, lead) + DISAGREEMENT * variance);
        epistemic[i] = (float) Math.sqrt(variance);
      }
    }
    return new NetworkForecast(location, scale, epistemic);
  }

  @Override
  public void setMemory(double rows) {
    network.setMemory(rows, network.settings().memory().omega());
  }

  @Override
  public long steps() {
    return network.steps();
  }

  @Override
  public PosteriorSummary summary() {
    return network.summary();
  }

  @Override
  public StateWriter save() {
    StateWriter out = new StateWriter(KIND, 1);
    network.saveTo(out);
    return out;
  }

  @Override
  public void restore(byte[] bytes) {
    network.restore(new StateReader(KIND, 1, bytes));
  }

  @Override
  public void close() {
    network.close();
  }
}
