package io.tidecast.engine.inference;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.Lease;
import io.tidecast.engine.device.ScriptModule;
import io.tidecast.engine.device.TensorScope;
import io.tidecast.engine.network.Categorical;
import io.tidecast.engine.network.Likelihood;
import io.tidecast.engine.network.NetworkSpec;
import io.tidecast.engine.posterior.Posterior;
import io.tidecast.engine.predict.ClassPredictive;
import io.tidecast.engine.predict.Density;
import io.tidecast.engine.predict.Predictive;
import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import io.tidecast.engine.state.UnreadableStateException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

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
  private final Optional<Scores> scores;
  private final Posterior posterior;
  private final ScriptModule.Pinned state;
  private final ScriptModule.Pinned means;
  private final ScriptModule script;
  private final PtNDArray pool;
  private final PtNDArray noPool;
  private final Rooms<List<Integer>, LearningRoom> learningRooms = new Rooms<>(this::learningRoom);
  private final Rooms<Integer, PredictionRoom> predictionRooms = new Rooms<>(this::predictionRoom);
  private final Draws learning;
  private final Draws predicting;
  private LearningSettings settings;
  private long steps;
  private double seen;
  private int batchRows;

  private BayesianNetwork(
      ComputeDevice device,
      NetworkSpec network,
      Likelihood likelihood,
      LearningSettings settings,
      int inputs,
      int targets,
      long seed,
      Optional<PretrainedWeights> pretrained) {
    this.device = device;
    this.network = network;
    this.likelihood = likelihood;
    this.settings = settings;
    this.inputs = inputs;
    this.targets = targets;
    this.seed = seed;
    scope = device.newScope();
    Assembly assembly =
        Assembly.of(scope, network, likelihood, settings, inputs, targets, seed, pretrained);
    posterior = assembly.posterior();
    scores = assembly.scores();
    script = assembly.script();
    state = ScriptModule.pin(posterior.state());
    means = ScriptModule.pin(posterior.means());
    noPool = scope.zeros(1);
    int window = Math.multiplyExact(settings.predictionDraws() / 2, posterior.parameters());
    pool = settings.noise() == Noise.POOLED ? pool(window) : noPool;
    learning = draws(posterior.learningWork(settings.draws()), settings.draws());
    int draws = settings.predictionDraws();
    predicting =
        assembly.sums().isPresent()
            ? Draws.ofSums(scope, posterior.parameters(), assembly.sums().getAsInt(), draws, pool)
            : draws(posterior.predictionWork(draws), draws);
  }

  private PtNDArray pool(int window) {
    int widest = Math.min(window, Noise.LARGEST_WINDOW);
    PtNDArray filled = scope.zeros(Noise.POOL + widest);
    try (TensorScope call = device.newScope()) {
      script.tensors(call, "normals", filled, noPool, Seeds.of(seed, Seeds.POOL, 0));
    }
    return filled;
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
    return create(device, network, likelihood, settings, inputs, targets, seed, Optional.empty());
  }

  /**
   * A network that has learned nothing here yet.
   *
   * @param inputs numbers d per input row
   * @param targets targets H per row, e.g. lead times
   * @param seed of the initial weights and of all draws
   * @param pretrained prior mean and start, where there are some
   * @throws IllegalArgumentException if they are another network's
   */
  public static BayesianNetwork create(
      ComputeDevice device,
      NetworkSpec network,
      Likelihood likelihood,
      LearningSettings settings,
      int inputs,
      int targets,
      long seed,
      Optional<PretrainedWeights> pretrained) {
    return new BayesianNetwork(
        device, network, likelihood, settings, inputs, targets, seed, pretrained);
  }

  /** Learns from one mini-batch. */
  public StepReport learn(MiniBatch batch) {
    return learn(List.of(batch)).get(0);
  }

  /**
   * Learns from several mini-batches in order, one step each, exactly as if each were learned from
   * alone. Faster, as a call costs as much as several operations.
   *
   * @return one report for each, whose times are equal shares
   */
  public List<StepReport> learn(List<MiniBatch> batches) {
    try (Lease lease = device.lease()) {
      long begin = System.nanoTime();
      LearningRoom room = fill(batches);
      Steps plan = plan(batches);
      double[] report = scores.isEmpty() ? fused(plan, room) : unfused(plan, room);
      return learned(plan, begin, report);
    }
  }

  /**
   * Learns from mini-batches, then predicts, exactly as by {@link #learn(List)} and {@link
   * #predict} one after the other. Faster, as a call costs as much as several operations.
   *
   * @param x inputs [rows, d] to predict from
   */
  public Predictive learnThenPredict(List<MiniBatch> batches, float[] x, int rows) {
    if (scores.isPresent() || batches.isEmpty()) {
      learn(batches);
      return predict(x, rows);
    }
    Density density = density();
    try (Lease lease = device.lease()) {
      long begin = System.nanoTime();
      LearningRoom learningRoom = fill(batches);
      PredictionRoom room = fill(x, rows);
      Steps plan = plan(batches);
      Draws d = learning;
      Draws p = predicting;
      double[] report =
          script.numbers(
              "steps_then_predict",
              state,
              means,
              d.work(),
              d.weights(),
              d.slopes(),
              d.pool(),
              learningRoom.rows(),
              learningRoom.passes(),
              plan.seeds(),
              plan.numbers(),
              p.work(),
              p.pool(),
              room.pass(),
              room.from(),
              Seeds.of(seed, Seeds.PREDICT, steps + batches.size()),
              room.to());
      learned(plan, begin, report);
      return new Predictive(settings.predictionDraws(), rows, targets, density, room.read());
    }
  }

  private LearningRoom fill(List<MiniBatch> batches) {
    batches.forEach(this::check);
    List<Integer> sizes = batches.stream().map(MiniBatch::rows).toList();
    LearningRoom room = learningRooms.of(sizes);
    room.fill(batches, 1f / (targets * settings.draws()));
    return room;
  }

  private LearningRoom learningRoom(List<Integer> sizes) {
    TensorScope room = device.newScope();
    return LearningRoom.of(room, sizes, inputs, targets, batch -> pass(room, batch));
  }

  /** What the script's pass over a batch works in. */
  private PtNDArray[] pass(TensorScope room, BatchRoom batch) {
    if (scores.isPresent()) {
      return new PtNDArray[0];
    }
    Object[] rows = batch.arrays().toArray();
    Draws d = learning;
    return script.arrays(room, "learning_room", d.weights(), d.slopes(), rows[0], rows[1], rows[2]);
  }

  private Steps plan(List<MiniBatch> batches) {
    Steps plan = new Steps(batches.size());
    for (int i = 0; i < batches.size(); i++) {
      seen += batches.get(i).fresh();
      batchRows = batches.get(i).rows();
      plan.set(i, Seeds.of(seed, Seeds.LEARN, steps + i), schedule(steps + i));
    }
    return plan;
  }

  private List<StepReport> learned(Steps plan, long begin, double[] report) {
    long nanos = (System.nanoTime() - begin) / Math.max(plan.seeds().length, 1);
    List<StepReport> reports = plan.reports(steps, nanos, report);
    steps += reports.size();
    return reports;
  }

  private void check(MiniBatch batch) {
    int size = batch.rows();
    if (batch.x().length != size * inputs || batch.y().length != size * targets) {
      throw new IllegalArgumentException(
          "mini-batch of %d rows: expected %d inputs and %d targets per row, got %d and %d in all"
              .formatted(size, inputs, targets, batch.x().length, batch.y().length));
    }
  }

  /** The numbers that the script's step takes, see {@link Steps}. */
  private double[] schedule(long step) {
    double remembered = memoryInForce();
    boolean refresh = step < SETTLING_STEPS || step % REFRESH_EVERY == 0;
    double rate = Math.max(Math.min(batchRows / remembered, .05), 1e-6);
    return new double[] {
      remembered * settings.memory().omega(),
      rate,
      settings.learningRate().at(step),
      !refresh ? 0 : step < SETTLING_STEPS ? FORGET : FORGET_BETWEEN_REFRESHES,
      step % settings.diagnoseEvery() == 0 ? 1 : 0,
      settings.family().sampledRate(step, rate),
      settings.averagingAt(step)
    };
  }

  private double[] fused(Steps plan, LearningRoom room) {
    Draws d = learning;
    return script.numbers(
        "steps",
        state,
        means,
        d.work(),
        d.weights(),
        d.slopes(),
        d.pool(),
        room.rows(),
        room.passes(),
        plan.seeds(),
        plan.numbers());
  }

  private double[] unfused(Steps plan, LearningRoom filled) {
    Draws d = learning;
    double[] report = new double[0];
    for (int i = 0; i < plan.seeds().length; i++) {
      BatchRoom room = filled.batches().get(i);
      PtNDArray x = room.x().array();
      PtNDArray y = room.y().array();
      PtNDArray mask = room.mask().array();
      try (TensorScope step = device.newScope()) {
        script.tensors(step, "draw", state, d.work(), d.pool(), plan.seeds()[i]);
        PtNDArray out = scores.orElseThrow().at(script, step, d.theta(), x, y, mask, d.grad());
        double[] numbers = plan.numbersOf(i);
        double[] one = script.numbers("finish", state, means, d.work(), out, y, mask, numbers);
        if (numbers[Steps.SAMPLED_RATE] > 0 && one[0] == 0) {
          followCurvature(step, room, out, plan.seeds()[i], numbers);
        }
        int before = report.length;
        report = Arrays.copyOf(report, before + one.length);
        System.arraycopy(one, 0, report, before, one.length);
      }
    }
    return report;
  }

  /** The precisions' step from labels that the first draw's model made up. */
  private void followCurvature(
      TensorScope step, BatchRoom room, PtNDArray out, long noiseSeed, double[] numbers) {
    Draws d = learning;
    PtNDArray x = room.x().array();
    NDList first =
        script.tensors(step, "sampled", d.work(), out, room.mask().array(), noiseSeed + 1);
    PtNDArray labels = (PtNDArray) first.get(0);
    PtNDArray roots = (PtNDArray) first.get(1);
    scores
        .orElseThrow()
        .at(script, step, (PtNDArray) first.get(2), x, labels, roots, (PtNDArray) first.get(3));
    script.tensors(step, "gauss_newton", state, d.work(), roots, numbers);
  }

  /**
   * Predicts by {@link LearningSettings#predictionDraws} weight draws, the same ones for all rows
   * and calls between two steps.
   *
   * @param x inputs [rows, d]
   * @throws IllegalStateException if the targets are classes, see {@link #classify}
   */
  public Predictive predict(float[] x, int rows) {
    Density density = density();
    float[][] parameters = describe(x, rows);
    return new Predictive(settings.predictionDraws(), rows, targets, density, parameters);
  }

  /**
   * Class probabilities, by the same draws as {@link #predict}.
   *
   * @param x inputs [rows, d]
   * @throws IllegalStateException if the targets are numbers, see {@link #predict}
   */
  public ClassPredictive classify(float[] x, int rows) {
    if (!(likelihood instanceof Categorical categorical)) {
      throw new IllegalStateException(likelihood + " has no classes: call predict");
    }
    float[] probabilities = describe(x, rows)[0];
    return new ClassPredictive(
        settings.predictionDraws(), rows, categorical.classes(), probabilities);
  }

  private Density density() {
    return likelihood
        .density()
        .orElseThrow(() -> new IllegalStateException(likelihood + " has classes: call classify"));
  }

  private PredictionRoom fill(float[] x, int rows) {
    if (x.length != rows * inputs) {
      throw new IllegalArgumentException(
          "prediction for %d rows: expected %d inputs per row, got %d in all"
              .formatted(rows, inputs, x.length));
    }
    PredictionRoom room = predictionRooms.of(rows);
    room.x().buffer().put(0, x);
    return room;
  }

  private PredictionRoom predictionRoom(int rows) {
    TensorScope room = device.newScope();
    int draws = settings.predictionDraws();
    return PredictionRoom.of(room, likelihood, rows, inputs, targets, draws, x -> pass(room, x));
  }

  /** What the script's prediction from these rows works in. */
  private PtNDArray[] pass(TensorScope room, PtNDArray x) {
    if (scores.isPresent()) {
      return new PtNDArray[0];
    }
    Draws d = predicting;
    return script.arrays(room, "prediction_room", state, d.work(), d.weights(), x);
  }

  private float[][] describe(float[] x, int size) {
    try (Lease lease = device.lease()) {
      PredictionRoom room = fill(x, size);
      Draws d = predicting;
      long noise = Seeds.of(seed, Seeds.PREDICT, steps);
      if (scores.isEmpty()) {
        script.numbers(
            "predict", state, d.work(), d.pool(), room.pass(), room.from(), noise, room.to());
      } else {
        try (TensorScope call = device.newScope()) {
          script.tensors(call, "draw_predictive", state, d.work(), d.pool(), noise);
          PtNDArray out = scores.get().outputs(script, call, d.theta(), room.x().array());
          script.numbers("answer", out, room.to());
        }
      }
      return room.read();
    }
  }

  /** Learning steps so far, skipped ones included. */
  public long steps() {
    return steps;
  }

  /** Rows that counted as fresh so far, see {@link MiniBatch#fresh}. */
  public double seen() {
    return seen;
  }

  /** Rows that the posterior remembers now: N_eff, and less while few were seen. */
  private double memoryInForce() {
    return Math.min(settings.memory().nEff(), seen + 20.0 * batchRows);
  }

  /** The posterior in a few figures. */
  public PosteriorSummary summary() {
    PosteriorSummary.Weights weights =
        PosteriorSummary.Weights.of(weightMeans(), weightPrecisions());
    return new PosteriorSummary(
        network.toString(),
        parameters(),
        steps,
        seen,
        memoryInForce(),
        settings.memory().nEff(),
        settings.memory().omega(),
        settings.learningRate().at(steps),
        weights.sd10(),
        weights.sd50(),
        weights.sd90(),
        weights.certain());
  }

  /** Means of the weights [P], of a mixture [C P]. */
  public float[] weightMeans() {
    return posterior.mean();
  }

  /** Precision of each weight given all others [P], of a mixture [C P]; without a low-rank part. */
  public float[] weightPrecisions() {
    return posterior.precision();
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
            .putString("family", settings.family().toString())
            .putDouble("nEff", settings.memory().nEff())
            .putDouble("omega", settings.memory().omega())
            .putDoubles("learningRate", settings.learningRate().numbers());
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
    expect("family", settings.family().toString(), state.getString("family"));
    expect("inputs", inputs, state.getInt("inputs"));
    expect("targets", targets, state.getInt("targets"));
    posterior.restore(state);
    steps = state.getLong("steps");
    seen = state.getDouble("seen");
    settings =
        settings
            .withMemory(state.getDouble("nEff"), state.getDouble("omega"))
            .withLearningRate(LearningRate.of(state.getDoubles("learningRate")));
  }

  private static void expect(String what, Object here, Object saved) {
    if (!here.equals(saved)) {
      throw new UnreadableStateException(
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

  private Draws draws(PtNDArray[] buffers, int draws) {
    boolean pooled = Math.max(draws / 2L, 1L) * posterior.parameters() <= pool.size() - Noise.POOL;
    return Draws.ofWeights(script, scope, buffers, pooled ? pool : noPool);
  }

  /** Frees the native memory. */
  @Override
  public void close() {
    learningRooms.close();
    predictionRooms.close();
    learning.close();
    predicting.close();
    state.close();
    means.close();
    script.close();
    scope.close();
  }
}
