package io.tidecast.bench.inference;

import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.inference.BayesianNetwork;
import io.tidecast.engine.inference.LearningRate;
import io.tidecast.engine.inference.LearningSettings;
import io.tidecast.engine.network.Activation;
import io.tidecast.engine.network.Likelihood;
import io.tidecast.engine.network.Mlp;
import io.tidecast.engine.posterior.Family;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Test-then-train comparison of inference methods: same network (MLP of 64 with linear skip,
 * Student-t(5)), same data in the same order, same number of gradients per block, learning rates
 * matched. One update on the newest revealed block, the others on replayed origins.
 */
public final class InferenceComparison {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int REPLAY = 2000;
  private static final double RATE = 1e-3;

  /**
   * What to run.
   *
   * @param data folder with ETTh1.csv.gz and exchange_rate.csv.gz
   * @param gradients gradients of a batch per block and method, a multiple of 8
   * @param blocks blocks per data set at most
   * @param scoreEvery blocks from one scored block to the next
   * @param warmup share of the blocks that is learned but not scored
   */
  public record Options(
      Path data, int gradients, int blocks, int scoreEvery, double warmup, long seed) {
    public Options {
      if (gradients < 8 || gradients % 8 != 0) {
        throw new IllegalArgumentException(
            "gradients: expected a multiple of 8, so that every method gets as many, got "
                + gradients);
      }
    }

    public static Options defaults(Path data) {
      return new Options(data, 8, Integer.MAX_VALUE, 4, .25, 1);
    }
  }

  /**
   * One row of the table.
   *
   * @param gradientsPerBlock gradient evaluations per block of data
   * @param logScore mean predictive log density, nats, in column deviations
   * @param millisPerUpdate processor time of a learning step
   */
  public record Row(
      String dataset,
      String method,
      int gradientsPerBlock,
      long n,
      double crps,
      double logScore,
      double mae,
      double cov50,
      double cov80,
      double cov90,
      double cov95,
      double millisPerUpdate) {}

  /** The whole table. */
  public record Result(List<Row> results, String device, long seed) {}

  private final ComputeDevice device;

  public InferenceComparison(ComputeDevice device) {
    this.device = device;
  }

  /**
   * Runs all methods on both data sets and prints a table as it goes.
   *
   * @throws IOException if a data file is missing or malformed
   */
  public Result run(Options options, PrintStream out) throws IOException {
    List<Row> rows = new ArrayList<>();
    out.printf(
        "%-14s %-24s %8s %8s %8s %6s %6s %6s %6s %9s%n",
        "dataset", "method", "CRPS", "log", "MAE", "c50", "c80", "c90", "c95", "ms/update");
    String[] names = {"ETTh1", "exchange_rate"};
    int[] calibration = {2000, 1000};
    int[] stride = {8, 4};
    for (int d = 0; d < names.length; d++) {
      Path file = options.data().resolve(names[d] + ".csv.gz");
      WindowStream stream = WindowStream.read(file, calibration[d], stride[d]);
      for (Method method : methods(options.seed())) {
        try (method) {
          Row row = evaluate(names[d], method, stream, options);
          rows.add(row);
          out.printf(
              "%-14s %-24s %8.4f %8.4f %8.4f %6.3f %6.3f %6.3f %6.3f %9.3f%n",
              row.dataset,
              row.method,
              row.crps,
              row.logScore,
              row.mae,
              row.cov50,
              row.cov80,
              row.cov90,
              row.cov95,
              row.millisPerUpdate);
        }
      }
    }
    out.println(
        "Lower CRPS and MAE and higher log score are better; at matched settings the methods are"
            + " close, and an ensemble of point networks is the one to beat.");
    return new Result(rows, device.description(), options.seed());
  }

  private List<Method> methods(long seed) {
    Mlp network = new Mlp(List.of(64), Activation.RELU, true);
    Likelihood head = Likelihood.studentT();
    LearningSettings settings =
        LearningSettings.defaults().withLearningRate(LearningRate.constant(RATE));
    return List.of(
        ours("mean-field", network, head, settings, seed),
        ours("low-rank 8", network, head, settings.withFamily(new Family.LowRank(8), 2), seed),
        ours(
            "mixture of 4",
            network,
            head,
            settings.withFamily(new Family.Mixture(4, false), 8),
            seed),
        contender(
            "Bayes by backprop", "bbb.py", network, head, 1, 2, 16, Math.log(.05), RATE, seed),
        contender("IVON", "ivon.py", network, head, 1, 2, 16, Double.NaN, 100 * RATE, seed),
        contender("MC dropout", "dropout.py", network, head, 1, 1, 16, Double.NaN, RATE, seed),
        contender("deep ensemble of 4", "adam.py", network, head, 4, 4, 4, Double.NaN, RATE, seed),
        contender("Adam", "adam.py", network, head, 1, 1, 1, Double.NaN, RATE, seed));
  }

  private Method ours(
      String name, Mlp network, Likelihood head, LearningSettings settings, long seed) {
    BayesianNetwork learner =
        BayesianNetwork.create(
            device, network, head, settings, WindowStream.CONTEXT, WindowStream.HORIZON, seed);
    return new Ours("tidecast " + name, settings.draws(), learner);
  }

  private Method contender(
      String name,
      String script,
      Mlp network,
      Likelihood head,
      int copies,
      int draws,
      int predictionDraws,
      double logSd,
      double lr,
      long seed) {
    return new Contender(
        device,
        name,
        script,
        network,
        head,
        WindowStream.CONTEXT,
        WindowStream.HORIZON,
        copies,
        draws,
        predictionDraws,
        logSd,
        lr,
        1e5,
        seed);
  }

  private static Row evaluate(String dataset, Method method, WindowStream stream, Options options) {
    SplittableRandom random = new SplittableRandom(options.seed());
    Scorecard scores = new Scorecard();
    int end = stream.endOrigin();
    int first = stream.firstOrigin();
    int blocks = Math.min(options.blocks(), (end - first + stream.stride() - 1) / stream.stride());
    int updates = options.gradients() / method.gradientsPerUpdate();
    long nanos = 0;
    for (int b = 0; b < blocks; b++) {
      int origin = first + b * stream.stride();
      if (b >= blocks * options.warmup() && b % options.scoreEvery() == 0) {
        WindowStream.Windows test = stream.blockEndingAt(origin);
        scores.add(method.predict(test.batch().x(), test.batch().rows()), test);
      }
      int revealed = origin - WindowStream.HORIZON;
      for (int u = 0; u < updates; u++) {
        WindowStream.Windows train =
            u == 0 ? stream.blockEndingAt(revealed) : replay(stream, revealed, random);
        long begin = THREADS.getCurrentThreadCpuTime();
        method.learn(train.batch());
        nanos += THREADS.getCurrentThreadCpuTime() - begin;
      }
    }
    return new Row(
        dataset,
        method.name(),
        updates * method.gradientsPerUpdate(),
        scores.count(),
        scores.crps(),
        scores.logScore(),
        scores.mae(),
        scores.coverage(0),
        scores.coverage(1),
        scores.coverage(2),
        scores.coverage(3),
        nanos / 1e6 / ((double) blocks * updates));
  }

  private static WindowStream.Windows replay(
      WindowStream stream, int revealed, SplittableRandom random) {
    int from = Math.max(WindowStream.CONTEXT - 1, revealed - REPLAY);
    int[] origins = random.ints(stream.stride(), from, revealed + 1).toArray();
    return stream.at(origins);
  }
}
