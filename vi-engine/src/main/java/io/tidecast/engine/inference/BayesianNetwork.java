package io.tidecast.engine.inference;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.Lease;
import io.tidecast.engine.device.ScriptModule;
import io.tidecast.engine.device.TensorScope;
import io.tidecast.engine.network.Likelihood;
import io.tidecast.engine.network.NetworkSpec;
import io.tidecast.engine.network.StudentT;
import io.tidecast.engine.predict.Predictive;
import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A network whose weights have a posterior that learns from mini-batches, one proximal step each.
 *
 * <p>Deterministic: what it learns and predicts depends on the seed, the order of the calls and
 * their arguments alone. Not thread-safe; takes the device's lease for each call.
 */
public final class BayesianNetwork implements AutoCloseable {
  static final String KIND = "bayesian-network";
  static final int VERSION = 1;

  private final ComputeDevice device;
  private final TensorScope scope;
  private final NetworkSpec network;
  private final Likelihood likelihood;
  private final int inputs;
  private final int targets;
  private final long seed;
  private final MeanField posterior;
  private final ScriptModule script;
  private final Map<Integer, Rows> staged = new HashMap<>();
  private LearningSettings settings;
  private long steps;
  private double seen;

  private record Rows(TensorScope.Staging x, TensorScope.Staging y, TensorScope.Staging mask) {}

  private BayesianNetwork(
      ComputeDevice device,
      NetworkSpec network,
      Likelihood likelihood,
      LearningSettings settings,
      int inputs,
      int targets,
      long seed) {
    this.device = device;
    this.network = network;
    this.likelihood = likelihood;
    this.settings = settings;
    this.inputs = inputs;
    this.targets = targets;
    this.seed = seed;
    scope = device.newScope();
    int outputs = likelihood.outputs(targets);
    posterior =
        new MeanField(
            scope, network.parameters(inputs, outputs, targets), likelihood, settings, seed);
    script =
        ScriptModule.compile(
            scope,
            network.script(inputs, outputs, targets)
                + likelihood.script(targets)
                + posterior.script(targets, settings));
  }

  /**
   * A network that has learned nothing yet.
   *
   * @param inputs numbers d per input row
   * @param targets targets H per row, e.g. lead times
   * @param seed of the initial weights and of all draws
   */
  public static BayesianNetwork create(
      ComputeDevice device,
      NetworkSpec network,
      Likelihood likelihood,
      LearningSettings settings,
      int inputs,
      int targets,
      long seed) {
    return new BayesianNetwork(device, network, likelihood, settings, inputs, targets, seed);
  }

  /** Learns from one mini-batch. */
  public StepReport learn(MiniBatch batch) {
    if (batch.x().length != batch.rows() * inputs || batch.y().length != batch.rows() * targets) {
      throw new IllegalArgumentException(
          "mini-batch of %d rows: expected %d inputs and %d targets per row, got %d and %d in all"
              .formatted(batch.rows(), inputs, targets, batch.x().length, batch.y().length));
    }
    long begin = System.nanoTime();
    int rows = batch.rows();
    seen += batch.fresh();
    double remembered = Math.min(settings.nEff(), seen + 20.0 * rows);
    double n = remembered * settings.omega();
    double rate = Math.max(Math.min(settings.omega() * rows / n, .05), 1e-6);
    double lr = settings.learningRate().at(steps);
    try (Lease lease = device.lease();
        TensorScope step = device.newScope()) {
      Rows room = staged.computeIfAbsent(rows, this::room);
      room.x.buffer().put(0, batch.x());
      room.y.buffer().put(0, batch.y());
      room.mask.buffer().put(0, batch.mask());
      NDList result =
          script.call(
              step,
              "step",
              posterior.state(),
              posterior.work(settings.draws()),
              room.x.array(),
              room.y.array(),
              room.mask.array(),
              Seeds.of(seed, Seeds.LEARN, steps),
              n,
              rate,
              lr,
              steps == 0 ? 0.0 : .95);
      float[] report = result.get(0).toFloatArray();
      steps++;
      return new StepReport(
          steps,
          report[0],
          report[1],
          report[2],
          report[3],
          report[4],
          report[5],
          report[6] != 0,
          System.nanoTime() - begin);
    }
  }

  /** Learns from several mini-batches in order; the report is that of the last. */
  public StepReport learn(List<MiniBatch> batches) {
    StepReport last = null;
    for (MiniBatch batch : batches) {
      last = learn(batch);
    }
    if (last == null) {
      throw new IllegalArgumentException("no mini-batch to learn from");
    }
    return last;
  }

  /**
   * Predicts by {@link LearningSettings#predictionDraws} weight draws, the same ones for all rows
   * and calls between two steps.
   *
   * @param x inputs [rows, d]
   */
  public Predictive predict(float[] x, int rows) {
    if (x.length != rows * inputs) {
      throw new IllegalArgumentException(
          "prediction for %d rows: expected %d inputs per row, got %d in all"
              .formatted(rows, inputs, x.length));
    }
    try (Lease lease = device.lease();
        TensorScope call = device.newScope()) {
      Rows room = staged.computeIfAbsent(rows, this::room);
      room.x.buffer().put(0, x);
      NDList result =
          script.call(
              call,
              "predict",
              posterior.state(),
              posterior.work(settings.predictionDraws()),
              room.x.array(),
              Seeds.of(seed, Seeds.PREDICT, steps));
      return new Predictive(
          settings.predictionDraws(),
          rows,
          targets,
          ((StudentT) likelihood).degreesOfFreedom(),
          result.get(0).toFloatArray(),
          result.get(1).toFloatArray());
    }
  }

  /** Learning steps so far, skipped ones included. */
  public long steps() {
    return steps;
  }

  /** Distinct rows seen so far. */
  public double seen() {
    return seen;
  }

  /** Number P of weights. */
  public int parameters() {
    return posterior.parameters();
  }

  public LearningSettings settings() {
    return settings;
  }

  /** Changes memory and temper from the next step on, e.g. when the data drift. */
  public void setMemory(double nEff, double omega) {
    settings = settings.withMemory(nEff, omega);
  }

  /** Changes the learning rate from the next step on. */
  public void setLearningRate(LearningRate rate) {
    settings = settings.withLearningRate(rate);
  }

  /** Writes everything that {@link #restore} needs into sections of {@code out}. */
  public void saveTo(StateWriter out) {
    StateWriter state =
        new StateWriter(KIND, VERSION)
            .putString("network", network.toString())
            .putString("likelihood", likelihood.toString())
            .putInt("inputs", inputs)
            .putInt("targets", targets)
            .putLong("steps", steps)
            .putDouble("seen", seen)
            .putDouble("nEff", settings.nEff())
            .putDouble("omega", settings.omega());
    posterior.saveTo(state);
    out.putState(KIND, state);
  }

  /**
   * Takes over what {@link #saveTo} wrote.
   *
   * @throws io.tidecast.engine.state.UnreadableStateException if it was written by another network
   */
  public void restore(StateReader in) {
    StateReader state = in.getState(KIND, KIND, VERSION);
    expect("network", network.toString(), state.getString("network"));
    expect("likelihood", likelihood.toString(), state.getString("likelihood"));
    expect("inputs", inputs, state.getInt("inputs"));
    expect("targets", targets, state.getInt("targets"));
    posterior.restore(state);
    steps = state.getLong("steps");
    seen = state.getDouble("seen");
    settings = settings.withMemory(state.getDouble("nEff"), state.getDouble("omega"));
  }

  private static void expect(String what, Object here, Object saved) {
    if (!here.equals(saved)) {
      throw new io.tidecast.engine.state.UnreadableStateException(
          "the saved posterior has %s '%s', this network has '%s'; use the same configuration or reset the state"
              .formatted(what, saved, here));
    }
  }

  /** SHA-256 over the bits of the state; equal for networks that will behave equally. */
  public String hash() {
    StateWriter out = new StateWriter(KIND, VERSION);
    saveTo(out);
    return StateHash.of(out.toBytes());
  }

  private Rows room(int rows) {
    return new Rows(
        scope.staging(rows, inputs), scope.staging(rows, targets), scope.staging(rows, targets));
  }

  PtNDArray[] state() {
    return posterior.state();
  }

  List<Integer> tensorSizes() {
    return new ArrayList<>(posterior.sizes());
  }

  /** Frees the native memory. */
  @Override
  public void close() {
    script.close();
    scope.close();
  }
}
