package io.tidecast.bench.speed;

import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.inference.BayesianNetwork;
import io.tidecast.engine.inference.LearningSettings;
import io.tidecast.engine.inference.MiniBatch;
import io.tidecast.engine.network.Likelihood;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Time of a learning step and of a prediction over network sizes and numbers of draws, against the
 * same step in PyTorch eager mode (where it is installed) and against the floor.
 */
public final class SpeedBenchmark {

  /**
   * What to run.
   *
   * @param seconds measured per operation and point
   * @param largest points with more weights than this are left out
   */
  public record Options(double seconds, int largest) {
    public static Options defaults() {
      return new Options(1, Integer.MAX_VALUE);
    }
  }

  /**
   * One row of the table.
   *
   * @param operation {@code learn} or {@code predict}
   * @param millis median processor time of the one computing thread
   * @param ratioToPyTorch over PyTorch eager; null without a Python with PyTorch, and for
   *     predictions
   * @param ratioToFloor over the floor of a step; for a prediction with 16 draws over one forward
   *     pass of 16 times as many rows
   */
  public record Row(
      String operation,
      int parameters,
      int batch,
      int draws,
      double millis,
      @Nullable Double ratioToPyTorch,
      double ratioToFloor) {}

  /** The whole table. */
  public record Result(List<Row> results, String device, boolean pyTorchPresent) {}

  private final ComputeDevice device;

  public SpeedBenchmark(ComputeDevice device) {
    this.device = device;
  }

  /** Measures all points and prints a table as it goes. */
  public Result run(Options options, PrintStream out) throws IOException {
    PyTorch python = new PyTorch();
    Stopwatch watch = new Stopwatch(options.seconds());
    Floor floor = new Floor(device, watch);
    List<Row> rows = new ArrayList<>();
    out.printf(
        "%-8s %10s %6s %6s %10s %12s %10s%n",
        "", "weights", "batch", "draws", "ms", "/ PyTorch", "/ floor");
    for (Point point : Point.all()) {
      LearningSettings settings = LearningSettings.defaults().withDraws(point.draws());
      try (BayesianNetwork network = network(point, settings)) {
        if (network.parameters() > options.largest()) {
          continue;
        }
        rows.add(print(out, learn(point, network, watch, floor, python, options.seconds())));
      }
      if (point.draws() == 2) {
        rows.add(print(out, predict(point, watch)));
      }
    }
    if (!python.present()) {
      out.println("No python3 with torch here: the PyTorch column is empty.");
    }
    return new Result(rows, device.description(), python.present());
  }

  private Row learn(
      Point point,
      BayesianNetwork network,
      Stopwatch watch,
      Floor floor,
      PyTorch python,
      double seconds)
      throws IOException {
    MiniBatch batch = batch(point.batch());
    double millis = watch.median(() -> network.learn(batch));
    OptionalDouble eager = python.stepMillis(point, seconds);
    return new Row(
        "learn",
        network.parameters(),
        point.batch(),
        point.draws(),
        millis,
        eager.isPresent() ? millis / eager.getAsDouble() : null,
        millis / floor.step(point, network.parameters()));
  }

  /** Against a forward pass of as many rows in all, with two draws of half the rows each. */
  private Row predict(Point point, Stopwatch watch) {
    int draws = 16;
    float[] x = batch(point.batch()).x();
    float[] wide = batch(point.batch() * draws / 2).x();
    try (BayesianNetwork many =
            network(point, LearningSettings.defaults().withPredictionDraws(draws));
        BayesianNetwork one = network(point, LearningSettings.defaults().withPredictionDraws(2))) {
      double millis = watch.median(() -> many.predict(x, point.batch()));
      double forward = watch.median(() -> one.predict(wide, point.batch() * draws / 2));
      return new Row(
          "predict", many.parameters(), point.batch(), draws, millis, null, millis / forward);
    }
  }

  private BayesianNetwork network(Point point, LearningSettings settings) {
    return BayesianNetwork.create(
        device, point.network(), Likelihood.studentT(), settings, Point.INPUTS, Point.TARGETS, 1);
  }

  private static MiniBatch batch(int rows) {
    Random random = new Random(3);
    float[] x = new float[rows * Point.INPUTS];
    float[] y = new float[rows * Point.TARGETS];
    float[] mask = new float[rows * Point.TARGETS];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
    }
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) random.nextGaussian();
    }
    Arrays.fill(mask, 1);
    return new MiniBatch(x, y, mask, rows, rows);
  }

  private static Row print(PrintStream out, Row row) {
    out.printf(
        "%-8s %10d %6d %6d %10.3f %12s %10.2f%n",
        row.operation,
        row.parameters,
        row.batch,
        row.draws,
        row.millis,
        row.ratioToPyTorch == null ? "-" : "%.2f".formatted(row.ratioToPyTorch),
        row.ratioToFloor);
    return row;
  }
}
