package io.tidecast.bench.supervised;

import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.DeviceChoice;
import io.tidecast.engine.inference.LearningRate;
import io.tidecast.engine.inference.LearningSettings;
import io.tidecast.engine.network.NetworkSpec;
import io.tidecast.engine.posterior.Family;
import io.tidecast.engine.supervised.SupervisedSettings;
import io.tidecast.engine.supervised.SupervisedSettings.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs one evaluation with settings from {@code key=value} arguments and prints the results; for
 * measurements.
 *
 * <p>Keys: csv, label, shape (28x28), history (true), limit, warmup, adam, seed, network, omega,
 * memory, rate, factor (initial precision over prior precision), draws, curvature (WEIGHT, UNIT or
 * GAUSS_NEWTON), step-draws, batch, updates, rows, replay, shift, drift.
 */
public final class SupervisedLab {
  private SupervisedLab() {}

  /** See {@link SupervisedLab}. */
  public static void main(String[] arguments) throws IOException {
    Map<String, String> keys = new HashMap<>();
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      keys.put(parts[0], parts[1]);
    }
    List<Integer> shape = new ArrayList<>();
    for (String side : keys.getOrDefault("shape", "").split("x", -1)) {
      if (!side.isEmpty()) {
        shape.add(Integer.valueOf(side));
      }
    }
    LabelledEvaluation.Options options =
        new LabelledEvaluation.Options(
            Path.of(keys.getOrDefault("csv", "")),
            keys.getOrDefault("label", "label"),
            List.of(),
            shape,
            Boolean.parseBoolean(keys.get("history")),
            number(keys, "limit", Integer.MAX_VALUE),
            Double.parseDouble(keys.getOrDefault("warmup", "0")),
            Boolean.parseBoolean(keys.get("adam")),
            number(keys, "seed", 1));
    LabelledTable table =
        LabelledTable.read(
            options.csv(),
            options.labelColumn(),
            options.columns(),
            options.limit(),
            LabelledTable.Labels.BY_VALUE);
    SupervisedSettings settings = changed(LabelledEvaluation.settings(table, options), keys);
    try (ComputeDevice device = ComputeDevice.open(DeviceChoice.CPU, false)) {
      LabelledEvaluation.run(table, settings, options.warmup(), options.adam(), device, share -> {})
          .forEach(System.out::println);
    }
  }

  private static SupervisedSettings changed(SupervisedSettings settings, Map<String, String> keys) {
    Training t = settings.training();
    Training training =
        new Training(
            number(keys, "batch", t.batchSize()),
            number(keys, "updates", t.updates()),
            number(keys, "rows", t.rows()),
            number(keys, "replay", t.replayRows()),
            number(keys, "shift", t.shift()),
            Boolean.parseBoolean(keys.getOrDefault("drift", String.valueOf(t.drift()))));
    LearningSettings l = settings.learning();
    LearningSettings learning =
        l.withMemory(
                real(keys, "memory", l.memory().nEff()), real(keys, "omega", l.memory().omega()))
            .withLearningRate(new LearningRate(real(keys, "rate", l.learningRate().base()), 0, 1))
            .withPredictionDraws(number(keys, "draws", l.predictionDraws()))
            .withInitialPrecisionFactor(real(keys, "factor", l.initialPrecisionFactor()));
    Family.Curvature curvature =
        Family.Curvature.valueOf(keys.getOrDefault("curvature", Family.Curvature.WEIGHT.name()));
    learning =
        learning.withFamily(
            new Family.MeanField(curvature), number(keys, "step-draws", learning.draws()));
    String network = keys.get("network");
    return (network == null ? settings : settings.withNetwork(NetworkSpec.parse(network)))
        .withTraining(training)
        .withLearning(learning);
  }

  private static int number(Map<String, String> keys, String key, int otherwise) {
    String value = keys.get(key);
    return value == null ? otherwise : Integer.parseInt(value);
  }

  private static double real(Map<String, String> keys, String key, double otherwise) {
    String value = keys.get(key);
    return value == null ? otherwise : Double.parseDouble(value);
  }
}
