package io.tidecast.bench.inference;

import io.tidecast.bench.Progress;
import io.tidecast.engine.device.ComputeDevice;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Test-then-train comparison of inference methods: same network (MLP of 64 with linear skip,
 * Student-t(5)), same data in the same order, same number of gradients per block, each at the best
 * of five learning rates. One update on the newest revealed block, the others on replayed origins.
 */
public final class InferenceComparison {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int REPLAY = 2000;

  /**
   * What to run.
   *
   * @param data folder with ETTh1.csv.gz and exchange_rate.csv.gz
   * @param gradients gradients of a batch per block and method, a multiple of 8
   * @param blocks blocks per data set at most
   * @param scoreEvery blocks from one scored block to the next
   * @param warmup share of the blocks that is learned but not scored, and that rates are chosen on
   * @param averaging see {@link Lineup}
   * @param only run the methods whose names contain this
   */
  public record Options(
      Path data,
      int gradients,
      int blocks,
      int scoreEvery,
      double warmup,
      double averaging,
      String only,
      long seed) {
    public Options {
      if (gradients < 8 || gradients % 8 != 0) {
        throw new IllegalArgumentException(
            "gradients: expected a multiple of 8, so that every method gets as many, got "
                + gradients);
      }
    }

    public static Options defaults(Path data) {
      return new Options(data, 8, Integer.MAX_VALUE, 4, .25, 1, "", 1);
    }
  }

  /**
   * One row of the table.
   *
   * @param rate the learning rate that was chosen
   * @param gradientsPerBlock gradient evaluations per block of data
   * @param logScore mean predictive log density, nats, in column deviations
   * @param millisPerUpdate processor time of a learning step
   */
  public record Row(
      String dataset,
      String method,
      double rate,
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
  public record Result(List<Row> results, String device, double averaging, long seed) {}

  private final ComputeDevice device;

  public InferenceComparison(ComputeDevice device) {
    this.device = device;
  }

  /**
   * Runs all methods on both data sets and prints a table as it goes.
   *
   * @param progress of each method, a block at a time
   * @throws IOException if a data file is missing or malformed
   */
  public Result run(Options options, PrintStream out, Progress progress) throws IOException {
    List<Row> rows = new ArrayList<>();
    Lineup lineup = new Lineup(device, options.averaging(), options.seed());
    out.printf(
        "%-14s %-24s %7s %8s %8s %8s %6s %6s %6s %6s %9s%n",
        "dataset", "method", "rate", "CRPS", "log", "MAE", "c50", "c80", "c90", "c95", "ms/update");
    String[] names = {"ETTh1", "exchange_rate"};
    int[] calibration = {2000, 1000};
    int[] stride = {8, 4};
    for (int d = 0; d < names.length; d++) {
      Path file = options.data().resolve(names[d] + ".csv.gz");
      WindowStream stream = WindowStream.read(file, calibration[d], stride[d]);
      for (Candidate candidate : lineup.candidates()) {
        if (!candidate.name().contains(options.only())) {
          continue;
        }
        Row row = evaluate(names[d], candidate, stream, options, progress);
        rows.add(row);
        out.printf(
            "%-14s %-24s %7.1e %8.4f %8.4f %8.4f %6.3f %6.3f %6.3f %6.3f %9.3f%n",
            row.dataset,
            row.method,
            row.rate,
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
    out.println(
        "Lower CRPS and MAE and higher log score are better, and coverage near the level; what it"
            + " says is in docs/decisions/0007-comparisons.md.");
    return new Result(rows, device.description(), options.averaging(), options.seed());
  }

  /** The rate with the lowest CRPS over the first blocks, which the table leaves out. */
  private static double bestRate(
      Candidate candidate, WindowStream stream, Options options, Runnable step) {
    int tried = tried(stream, options);
    double best = Double.NaN;
    double lowest = Double.POSITIVE_INFINITY;
    for (double rate : candidate.rates()) {
      try (Method method = candidate.at().apply(rate)) {
        Outcome outcome = learn(method, stream, options, tried, 0, step);
        if (outcome.scores.crps() < lowest) {
          lowest = outcome.scores.crps();
          best = rate;
        }
      }
    }
    if (Double.isNaN(best)) {
      throw new IllegalStateException(
          candidate.name() + " diverged at every rate of " + candidate.rates());
    }
    return best;
  }

  private static int tried(WindowStream stream, Options options) {
    return (int) (blocks(stream, options) * options.warmup());
  }

  private static int blocks(WindowStream stream, Options options) {
    int all = stream.endOrigin() - stream.firstOrigin();
    return Math.min(options.blocks(), (all + stream.stride() - 1) / stream.stride());
  }

  private static Row evaluate(
      String dataset,
      Candidate candidate,
      WindowStream stream,
      Options options,
      Progress progress) {
    int blocks = blocks(stream, options);
    int rates = candidate.rates().size();
    progress.start(
        dataset + ", " + candidate.name(), blocks + (long) rates * tried(stream, options));
    AtomicLong steps = new AtomicLong();
    Runnable step = () -> progress.done(steps.incrementAndGet());
    double rate = bestRate(candidate, stream, options, step);
    try (Method method = candidate.at().apply(rate)) {
      Outcome outcome = learn(method, stream, options, blocks, blocks * options.warmup(), step);
      progress.end();
      Scorecard scores = outcome.scores;
      return new Row(
          dataset,
          candidate.name(),
          rate,
          options.gradients(),
          scores.count(),
          scores.crps(),
          scores.logScore(),
          scores.mae(),
          scores.coverage(0),
          scores.coverage(1),
          scores.coverage(2),
          scores.coverage(3),
          outcome.millisPerUpdate);
    }
  }

  /** Scores, and the processor time of a learning step. */
  private record Outcome(Scorecard scores, double millisPerUpdate) {}

  private static Outcome learn(
      Method method,
      WindowStream stream,
      Options options,
      int blocks,
      double scoredFrom,
      Runnable step) {
    SplittableRandom random = new SplittableRandom(options.seed());
    Scorecard scores = new Scorecard();
    int updates = options.gradients() / method.gradientsPerUpdate();
    long nanos = 0;
    for (int b = 0; b < blocks; b++) {
      int origin = stream.firstOrigin() + b * stream.stride();
      if (b >= scoredFrom && b % options.scoreEvery() == 0) {
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
      step.run();
    }
    return new Outcome(scores, nanos / 1e6 / ((double) blocks * updates));
  }

  private static WindowStream.Windows replay(
      WindowStream stream, int revealed, SplittableRandom random) {
    int from = Math.max(WindowStream.CONTEXT - 1, revealed - REPLAY);
    int[] origins = random.ints(stream.stride(), from, revealed + 1).toArray();
    return stream.at(origins, false);
  }
}
