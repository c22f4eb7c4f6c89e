package io.tidecast.engine.inference;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.Lease;
import io.tidecast.engine.device.ScriptModule;
import io.tidecast.engine.device.ScriptText;
import io.tidecast.engine.device.TensorScope;
import io.tidecast.engine.network.Likelihood;
import io.tidecast.engine.network.NetworkSpec;
import io.tidecast.engine.network.ParameterBlock;
import io.tidecast.engine.network.StudentT;
import io.tidecast.engine.posterior.MeanFieldPosterior;
import io.tidecast.engine.posterior.Posterior;
import io.tidecast.engine.posterior.Prior;
import io.tidecast.engine.posterior.WeightLayout;
import io.tidecast.engine.predict.Predictive;
import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
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

  /** The precisions' step sizes are set anew in each of the first steps, then in every fourth. */
  private static final int SETTLING_STEPS = 16;

  private static final int REFRESH_EVERY = 4;

  /** Weight of the newest noise in its running mean, per step and per four steps. */
  private static final double FORGET = .05;

  private static final double FORGET_BETWEEN_REFRESHES = 1 - Math.pow(1 - FORGET, REFRESH_EVERY);

  private final ComputeDevice device;
  private final TensorScope scope;
  private final NetworkSpec network;
  private final Likelihood likelihood;
  private final int inputs;
  private final int targets;
  private final long seed;
  private final Posterior posterior;
  private final ScriptModule script;
  private final PtNDArray pool;
  private final PtNDArray noPool;
  private final Map<Integer, Rows> rows = new HashMap<>();
  private final Map<Integer, Draws> draws = new HashMap<>();
  private LearningSettings settings;
  private long steps;
  private double seen;

  /** Host memory that the script reads a batch of a certain size from. */
  private record Rows(TensorScope.Staging x, TensorScope.Staging y, TensorScope.Staging mask) {}

  /** Buffers for a certain number of weight draws, and the networks' views of them. */
  private record Draws(PtNDArray[] work, PtNDArray[] weights, PtNDArray[] slopes, PtNDArray pool) {}

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
    List<ParameterBlock> blocks = network.parameters(inputs, outputs, targets);
    WeightLayout layout = new WeightLayout(blocks.stream().map(ParameterBlock::size).toList());
    Prior prior = Start.of(blocks, likelihood, settings, seed);
    posterior = new MeanFieldPosterior(scope, layout, prior, settings.adam());
    script =
        ScriptModule.compile(
            scope,
            views(blocks)
                + network.script(inputs, outputs, targets)
                + likelihood.script(targets)
                + posterior.script()
                + ScriptText.resource(BayesianNetwork.class, "step.py"));
    noPool = scope.zeros(1);
    int window = settings.predictionDraws() / 2 * layout.size();
    pool = settings.noise() == Noise.POOLED ? pool(window) : noPool;
  }

  private PtNDArray pool(int window) {
    int widest = Math.min(window, Noise.LARGEST_WINDOW);
    PtNDArray filled = scope.zeros(Noise.POOL + widest);
    try (TensorScope call = device.newScope()) {
      script.tensors(call, "fill_noise", filled, noPool, Seeds.of(seed, Seeds.POOL, 0));
    }
    return filled;
  }

  /** Script that gives the tensors [M, rows, columns] within draws [M, P]. */
  private static String views(List<ParameterBlock> blocks) {
    StringBuilder views = new StringBuilder();
    int at = 0;
    for (ParameterBlock b : blocks) {
      views
          .append(views.isEmpty() ? "" : ", ")
          .append(
              "draws.narrow(1, %d, %d).view([draws.size(0), %d, %d])"
                  .formatted(at, b.size(), b.rows(), b.columns()));
      at += b.size();
    }
    return "def views(self: __torch__.Script, draws: Tensor) -> List[Tensor]:\n  return ["
        + views
        + "]\n";
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
    int size = batch.rows();
    if (batch.x().length != size * inputs || batch.y().length != size * targets) {
      throw new IllegalArgumentException(
          "mini-batch of %d rows: expected %d inputs and %d targets per row, got %d and %d in all"
              .formatted(size, inputs, targets, batch.x().length, batch.y().length));
    }
    try (Lease lease = device.lease()) {
      long begin = System.nanoTime();
      Rows room = rows.computeIfAbsent(size, this::room);
      room.x.buffer().put(0, batch.x());
      room.y.buffer().put(0, batch.y());
      float share = 1f / (targets * size * settings.draws());
      for (int i = 0; i < batch.mask().length; i++) {
        room.mask.buffer().put(i, batch.mask()[i] * share);
      }
      seen += batch.fresh();
      double remembered = Math.min(settings.memory().nEff(), seen + 20.0 * size);
      double rate = Math.max(Math.min(size / remembered, .05), 1e-6);
      boolean refresh = steps < SETTLING_STEPS || steps % REFRESH_EVERY == 0;
      Draws d = draws.computeIfAbsent(settings.draws(), this::draws);
      double[] numbers =
          script.numbers(
              "step",
              posterior.state(),
              posterior.means(),
              d.work,
              d.weights,
              d.slopes,
              d.pool,
              room.x.array(),
              room.y.array(),
              room.mask.array(),
              Seeds.of(seed, Seeds.LEARN, steps),
              remembered * settings.memory().omega(),
              rate,
              settings.learningRate().at(steps),
              !refresh ? 0.0 : steps < SETTLING_STEPS ? FORGET : FORGET_BETWEEN_REFRESHES,
              steps % settings.diagnoseEvery() == 0);
      steps++;
      return StepReport.of(steps, System.nanoTime() - begin, numbers);
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
      Rows room = this.rows.computeIfAbsent(rows, this::room);
      room.x.buffer().put(0, x);
      Draws d = draws.computeIfAbsent(settings.predictionDraws(), this::draws);
      NDList result =
          script.tensors(
              call,
              "predict",
              posterior.state(),
              d.work,
              d.weights,
              d.pool,
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
            .putDouble("nEff", settings.memory().nEff())
            .putDouble("omega", settings.memory().omega());
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

  private Draws draws(int draws) {
    PtNDArray[] work = posterior.work(draws);
    boolean pooled = (draws / 2L) * posterior.parameters() <= pool.size() - Noise.POOL;
    return new Draws(work, views(work[2]), views(work[3]), pooled ? pool : noPool);
  }

  private PtNDArray[] views(PtNDArray draws) {
    return script.tensors(scope, "views", draws).stream()
        .map(PtNDArray.class::cast)
        .toArray(PtNDArray[]::new);
  }

  /** Frees the native memory. */
  @Override
  public void close() {
    script.close();
    scope.close();
  }
}
