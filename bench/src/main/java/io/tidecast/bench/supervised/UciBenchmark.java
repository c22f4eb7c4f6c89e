package io.tidecast.bench.supervised;

import io.tidecast.bench.Progress;
import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.inference.BayesianNetwork;
import io.tidecast.engine.inference.LearningRate;
import io.tidecast.engine.inference.LearningSettings;
import io.tidecast.engine.inference.MiniBatch;
import io.tidecast.engine.network.Gaussian;
import io.tidecast.engine.network.NetworkSpec;
import io.tidecast.engine.predict.Predictive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Regression tables with their official splits: one hidden layer of 50 units and a Gaussian head,
 * beside published figures for the same splits and network size. Settings are the same for every
 * table save for the temper, which is half on the wine, whose targets are grades; none was chosen
 * by test rows. The firm prior on the scale's weights is what the log-likelihood rests on: few rows
 * do not tell how the noise depends on the inputs.
 */
public final class UciBenchmark {
  private static final int ROWS = 32;
  private static final String GRADES = "uci_wine_quality_red";

  /** Share of the steps, at the end, over which the learning rate falls to nothing. */
  private static final double COOLING = .4;

  /**
   * What to run.
   *
   * @param directory holds NAME.csv[.gz] and NAME.splits.json.gz
   * @param sets names of the tables
   * @param splits most splits per table
   * @param steps learning steps
   * @param rate learning rate before it falls
   * @param omega temper of the likelihood
   * @param network its specification
   * @param seed of weights, draws and mini-batches
   */
  public record Options(
      Path directory,
      List<String> sets,
      int splits,
      int steps,
      double rate,
      double omega,
      String network,
      long seed) {}

  private UciBenchmark() {}

  /** The tables whose published figures are known here. */
  public static List<String> allSets() {
    return List.of(
        "uci_concrete", "uci_energy", "uci_kin8nm", "uci_power_plant", "uci_wine_quality_red");
  }

  /** The default settings on all tables. */
  public static Options defaults(Path directory) {
    return new Options(
        directory, allSets(), 20, 6000, 5e-3, 4, "mlp(hidden=50, skip=none, firmness=30)", 1);
  }

  /**
   * Runs the benchmark.
   *
   * @param told each table's result as it is there
   * @param progress of each table, a split at a time
   */
  public static List<UciResult> run(
      Options options, ComputeDevice device, Consumer<UciResult> told, Progress progress)
      throws IOException {
    List<UciResult> results = new ArrayList<>();
    for (String set : options.sets()) {
      UciTable table = UciTable.read(options.directory(), set);
      int splits = Math.min(options.splits(), table.splits().size());
      double[] rmse = new double[splits];
      double[] logLikelihood = new double[splits];
      long begin = System.nanoTime();
      progress.start(set, splits);
      for (int split = 0; split < splits; split++) {
        Split data = new Split(table, table.splits().get(split));
        double[] scores = data.score(options, device, options.seed() + split);
        rmse[split] = scores[0];
        logLikelihood[split] = scores[1];
        progress.done(split + 1);
      }
      progress.end();
      double seconds = (System.nanoTime() - begin) * 1e-9;
      UciResult result = UciResult.of(set, rmse, logLikelihood, seconds);
      told.accept(result);
      results.add(result);
    }
    return results;
  }

  /** One table cut into training and test rows, standardised by the training rows. */
  private static final class Split {
    private final UciTable table;
    private final int[] train;
    private final int[] test;
    private final double[] mean;
    private final double[] deviation;

    Split(UciTable table, int[] test) {
      this.table = table;
      this.test = test;
      train = table.trainingRows(test);
      int d = table.inputs();
      mean = new double[d + 1];
      deviation = new double[d + 1];
      for (int c = 0; c <= d; c++) {
        int column = c;
        double m = Arrays.stream(train).mapToDouble(i -> cell(i, column)).average().orElse(0);
        double v =
            Arrays.stream(train)
                .mapToDouble(i -> (cell(i, column) - m) * (cell(i, column) - m))
                .average()
                .orElse(0);
        mean[c] = m;
        deviation[c] = v > 1e-18 ? Math.sqrt(v) : 1;
      }
    }

    /** A feature, or the target in the column behind them. */
    private double cell(int row, int column) {
      return column < table.inputs() ? table.rows()[row][column] : table.labels()[row];
    }

    private float[] standardised(int[] rows, int from, int to) {
      float[] values = new float[rows.length * (to - from)];
      for (int i = 0; i < rows.length; i++) {
        for (int c = from; c < to; c++) {
          values[i * (to - from) + c - from] =
              (float) ((cell(rows[i], c) - mean[c]) / deviation[c]);
        }
      }
      return values;
    }

    /** Root mean squared error and mean log-likelihood of the test rows, in the target's unit. */
    double[] score(Options options, ComputeDevice device, long seed) {
      int d = table.inputs();
      LearningSettings settings =
          LearningSettings.defaults()
              .withMemory(
                  train.length, table.name().equals(GRADES) ? options.omega() / 2 : options.omega())
              .withPredictionDraws(32);
      try (BayesianNetwork network =
          BayesianNetwork.create(
              device,
              NetworkSpec.parse(options.network()),
              new Gaussian(OptionalDouble.empty()),
              settings,
              d,
              1,
              seed)) {
        learn(network, options, seed);
        Predictive predictive = network.predict(standardised(test, 0, d), test.length);
        double squares = 0;
        double fit = 0;
        for (int i = 0; i < test.length; i++) {
          double z = (cell(test[i], d) - mean[d]) / deviation[d];
          double error = predictive.mean(i, 0) - z;
          squares += error * error;
          fit += predictive.logDensity(i, 0, z) - Math.log(deviation[d]);
        }
        return new double[] {Math.sqrt(squares / test.length) * deviation[d], fit / test.length};
      }
    }

    private void learn(BayesianNetwork network, Options options, long seed) {
      Random random = new Random(seed);
      int d = table.inputs();
      int[] chosen = new int[ROWS];
      for (int step = 0; step < options.steps(); step++) {
        double left = 1 - (double) step / options.steps();
        double rate = options.rate() * Math.min(1, left / COOLING + .01);
        network.setLearningRate(new LearningRate(rate, 0, 1));
        for (int i = 0; i < ROWS; i++) {
          chosen[i] = train[random.nextInt(train.length)];
        }
        float[] x = standardised(chosen, 0, d);
        float[] y = standardised(chosen, d, d + 1);
        network.learn(MiniBatch.of(x, y, ROWS));
      }
    }
  }
}
