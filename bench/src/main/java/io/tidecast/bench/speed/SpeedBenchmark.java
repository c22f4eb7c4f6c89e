package io.tidecast.bench.speed;

import io.tidecast.engine.device.DeviceChoice;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Time of a learning step and of a prediction over network sizes and numbers of draws, by JMH,
 * against the same step in PyTorch eager mode (where it is installed) and against the floor. All of
 * a size run one after the other in each round, on one thread, so that a ratio compares neighbours
 * in time.
 */
public final class SpeedBenchmark {

  /**
   * What to run.
   *
   * @param device where the networks are; the PyTorch program is on the CPU
   * @param seconds measured per operation, size and round
   * @param rounds medians are taken over
   * @param largest points with more weights than this are left out
   * @param python the interpreter that has PyTorch; empty to look for one
   */
  public record Options(
      DeviceChoice device, double seconds, int rounds, int largest, Optional<String> python) {}

  /**
   * A step. All times are milliseconds, see {@link Jmh}, and medians over the rounds; the ratios
   * are medians of the rounds' ratios.
   *
   * @param pooled whether the normals come from a pool, which saves the step the floor's normals
   * @param toPyTorch over PyTorch eager; null without it
   * @param toFloor over products, bytes and normals together
   */
  public record Step(
      int parameters,
      int batch,
      int draws,
      boolean pooled,
      double millis,
      @Nullable Double pyTorchMillis,
      double productsMillis,
      double bytesMillis,
      double normalsMillis,
      @Nullable Double toPyTorch,
      double toFloor) {}

  /**
   * A prediction.
   *
   * @param draws for the prediction
   * @param toForward over one forward pass of as many rows as the draws see together
   */
  public record Prediction(
      int parameters,
      int batch,
      int draws,
      double millis,
      double forwardMillis,
      double toForward) {}

  /**
   * The whole table.
   *
   * @param pyTorch interpreter and version that the PyTorch program ran in, or null
   */
  public record Result(
      List<Step> results, List<Prediction> predictions, @Nullable String pyTorch) {}

  private final Options options;
  private final Jmh jmh;
  private final Optional<PyTorch> python;

  public SpeedBenchmark(Options options) {
    this.options = options;
    jmh = new Jmh(options.device(), options.seconds());
    python = PyTorch.find(options.python());
  }

  /** Measures all points and prints a table as it goes. */
  public Result run(PrintStream out) throws IOException {
    out.println(
        python
            .map(p -> "PyTorch " + p.version() + " of " + p.python())
            .orElse(
                "No PyTorch in any of %s: its columns are empty."
                    .formatted(PyTorch.tried(options.python()))));
    List<Point> points =
        Point.all().stream().filter(p -> p.parameters() <= options.largest()).toList();
    out.printf(
        "%n%-8s %10s %6s %6s %10s %10s %10s %10s %10s %10s %9s%n",
        "learn",
        "weights",
        "batch",
        "draws",
        "ms",
        "PyTorch",
        "products",
        "bytes",
        "normals",
        "/ PyTorch",
        "/ floor");
    List<Step> steps = new ArrayList<>();
    for (Point point : points) {
      steps.add(print(out, learn(point)));
    }
    out.println("p: the step takes its normals from a pool; the floor makes them");
    out.printf(
        "%n%-8s %10s %6s %6s %10s %10s %10s%n",
        "predict", "weights", "batch", "draws", "ms", "forward", "/ forward");
    List<Prediction> predictions = new ArrayList<>();
    for (Point point : points) {
      if (point.draws() == 2) {
        predictions.add(print(out, predict(point)));
      }
    }
    return new Result(
        steps, predictions, python.map(p -> p.python() + " " + p.version()).orElse(null));
  }

  private Step learn(Point point) throws IOException {
    Rounds rounds = new Rounds();
    for (int i = 0; i < options.rounds(); i++) {
      double step = rounds.addAll(jmh.times(NetworkBenchmarks.class, "learn", point), "learn");
      if (python.isPresent()) {
        OptionalDouble eager = python.get().stepMillis(point, options.seconds());
        if (eager.isPresent()) {
          rounds.add("pyTorch", eager.getAsDouble());
          rounds.add("toPyTorch", step / eager.getAsDouble());
        }
      }
      Map<String, Double> floor =
          jmh.times(FloorBenchmarks.class, "products|bytes|normals|call", point);
      double call = floor.getOrDefault("call", 0.0);
      double sum = 0;
      for (String part : List.of("products", "bytes", "normals")) {
        double millis = Math.max(floor.getOrDefault(part, 0.0) - call, 0);
        rounds.add(part, millis);
        sum += millis;
      }
      rounds.add("toFloor", step / sum);
    }
    return new Step(
        point.parameters(),
        point.batch(),
        point.draws(),
        point.pooled(),
        rounds.median("learn"),
        rounds.medianOrNull("pyTorch"),
        rounds.median("products"),
        rounds.median("bytes"),
        rounds.median("normals"),
        rounds.medianOrNull("toPyTorch"),
        rounds.median("toFloor"));
  }

  private Prediction predict(Point point) {
    Rounds rounds = new Rounds();
    for (int i = 0; i < options.rounds(); i++) {
      double predict =
          rounds.addAll(jmh.times(NetworkBenchmarks.class, "predict", point), "predict");
      double forward = rounds.addAll(jmh.times(FloorBenchmarks.class, "forward", point), "forward");
      rounds.add("toForward", predict / forward);
    }
    return new Prediction(
        point.parameters(),
        point.batch(),
        NetworkBenchmarks.PREDICTION_DRAWS,
        rounds.median("predict"),
        rounds.median("forward"),
        rounds.median("toForward"));
  }

  /** Figures by name, one for each round. */
  private static final class Rounds {
    private final Map<String, List<Double>> figures = new HashMap<>();

    void add(String name, double figure) {
      figures.computeIfAbsent(name, n -> new ArrayList<>()).add(figure);
    }

    /** Adds all and returns one of them. */
    double addAll(Map<String, Double> named, String name) {
      named.forEach(this::add);
      return named.getOrDefault(name, Double.NaN);
    }

    double median(String name) {
      Double median = medianOrNull(name);
      return median == null ? Double.NaN : median;
    }

    @Nullable Double medianOrNull(String name) {
      List<Double> sorted = figures.getOrDefault(name, List.of()).stream().sorted().toList();
      return sorted.isEmpty() ? null : sorted.get(sorted.size() / 2);
    }
  }

  private static Step print(PrintStream out, Step s) {
    out.printf(
        "%-8s %10d %6d %6d %10.3f %10s %10.3f %10.3f %9.3f%s %10s %9.2f%n",
        "",
        s.parameters,
        s.batch,
        s.draws,
        s.millis,
        s.pyTorchMillis == null ? "-" : "%.3f".formatted(s.pyTorchMillis),
        s.productsMillis,
        s.bytesMillis,
        s.normalsMillis,
        s.pooled ? "p" : " ",
        s.toPyTorch == null ? "-" : "%.2f".formatted(s.toPyTorch),
        s.toFloor);
    return s;
  }

  private static Prediction print(PrintStream out, Prediction p) {
    out.printf(
        "%-8s %10d %6d %6d %10.3f %10.3f %10.2f%n",
        "", p.parameters, p.batch, p.draws, p.millis, p.forwardMillis, p.toForward);
    return p;
  }
}
