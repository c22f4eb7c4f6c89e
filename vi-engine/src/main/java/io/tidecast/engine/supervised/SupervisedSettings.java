package io.tidecast.engine.supervised;

import io.tidecast.engine.inference.LearningRate;
import io.tidecast.engine.inference.LearningSettings;
import io.tidecast.engine.inference.PretrainedWeights;
import io.tidecast.engine.network.Categorical;
import io.tidecast.engine.network.Gaussian;
import io.tidecast.engine.network.Likelihood;
import io.tidecast.engine.network.NetworkSpec;
import io.tidecast.engine.network.ParameterBlock;
import io.tidecast.engine.network.ScriptedModule;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.StringJoiner;

/**
 * What a supervised learner is told before it starts. The defaults come from the prototype's
 * measurements (docs/inference, "Labelled samples and large networks").
 *
 * @param task what the labels are
 * @param inputs what the features are and what is made of them
 * @param network the network beside the simple experts
 * @param learning how its posterior learns
 * @param training what it learns from
 * @param pending how long a sample without a label is kept
 * @param seed seed of all random numbers
 * @param pretrained prior mean and start of the network's weights, where it learned elsewhere
 */
public record SupervisedSettings(
    Task task,
    Inputs inputs,
    NetworkSpec network,
    LearningSettings learning,
    Training training,
    Pending pending,
    long seed,
    Optional<PretrainedWeights> pretrained) {

  /**
   * The features of a sample.
   *
   * @param features one entry per feature [d]
   * @param shape shape of the features, e.g. [height, width] or [channels, height, width], which
   *     are then standardised per channel instead of one by one; empty for a plain vector
   * @param missing whether a NaN means a missing feature, which is masked and flagged to the
   *     network; otherwise it is refused
   * @param labelLags how many of the stream's newest labels are inputs too
   * @param labelAverages rates of running averages of the stream's labels that are inputs too
   */
  public record Inputs(
      List<FeatureSpec> features,
      List<Integer> shape,
      boolean missing,
      int labelLags,
      List<Double> labelAverages) {
    public Inputs {
      features = List.copyOf(features);
      shape = List.copyOf(shape);
      labelAverages = List.copyOf(labelAverages);
      require(!features.isEmpty(), "features", "at least one", features.size());
      require(shape.size() <= 4, "shape", "at most 4 dimensions", shape);
      int size = shape.stream().reduce(1, Math::multiplyExact);
      require(
          shape.isEmpty() || size == features.size(),
          "shape",
          "a product of " + features.size(),
          shape);
      require(
          shape.isEmpty() || features.stream().allMatch(FeatureSpec.Numeric.class::isInstance),
          "shape",
          "numeric features only",
          shape);
      require(labelLags >= 0 && labelLags <= 1000, "label lags", "0 to 1000", labelLags);
      for (double rate : labelAverages) {
        require(rate > 0 && rate < 1, "label averages", "rates between 0 and 1", rate);
      }
    }

    /** A plain vector of so many measurements. */
    public static Inputs numeric(int count) {
      return new Inputs(
          Collections.nCopies(count, new FeatureSpec.Numeric()), List.of(), false, 0, List.of());
    }

    /** An image. */
    public static Inputs image(Integer... shape) {
      int count = List.of(shape).stream().reduce(1, Math::multiplyExact);
      return new Inputs(
          Collections.nCopies(count, new FeatureSpec.Numeric()),
          List.of(shape),
          false,
          0,
          List.of());
    }

    /** With four label lags and label averages at the rates .2 and .02. */
    public Inputs withLabelHistory() {
      return new Inputs(features, shape, missing, 4, List.of(.2, .02));
    }

    public Inputs withMissing() {
      return new Inputs(features, shape, true, labelLags, labelAverages);
    }
  }

  /**
   * What the network learns from.
   *
   * @param batchSize inputs that cut a mini-batch
   * @param updates learning steps per full mini-batch
   * @param rows rows per learning step: the fresh ones once, the rest replayed
   * @param replayRows newest labelled rows that are replayed from
   * @param shift largest random shift of a replayed image in pixels; 0 for none
   * @param drift whether memory and replay shorten when the network's loss rises
   */
  public record Training(
      int batchSize, int updates, int rows, int replayRows, int shift, boolean drift) {
    public Training {
      require(batchSize >= 1 && batchSize <= 4096, "batch size", "1 to 4096", batchSize);
      require(updates >= 1 && updates <= 1000, "updates", "1 to 1000", updates);
      require(rows >= 1 && rows <= 4096, "rows", "1 to 4096", rows);
      require(replayRows >= rows, "replay rows", "at least the rows of a step", replayRows);
      require(shift >= 0 && shift <= 16, "shift", "0 to 16", shift);
    }

    /** 4 updates of 32 rows per 8 samples, from the newest 5,000. */
    public static Training tabular() {
      return new Training(8, 4, 32, 5000, 0, true);
    }

    /** 16 updates of 32 rows per 20 samples, from the newest 5,000, shifted by up to 1 pixel. */
    public static Training images() {
      return new Training(20, 16, 32, 5000, 1, true);
    }
  }

  /**
   * Bounds of what waits for a label.
   *
   * @param samples most samples kept; the oldest goes first. As many labelled sample ids are
   *     remembered, to refuse a second label.
   * @param age how long a sample is kept, in the time of the samples
   */
  public record Pending(int samples, Duration age) {
    public Pending {
      require(samples >= 1, "pending samples", "at least 1", samples);
      require(!age.isNegative() && !age.isZero(), "pending age", "a positive duration", age);
    }

    public static Pending defaults() {
      return new Pending(10_000, Duration.ofDays(7));
    }
  }

  /** Temper of the likelihood: 32 keeps classifiers calibrated. */
  public static LearningSettings classification() {
    return LearningSettings.defaults()
        .withMemory(2e4, 32)
        .withLearningRate(rate(2e-3))
        .withInitialPrecisionFactor(1 / (.1 * .1));
  }

  /** As for classes, with temper 8. */
  public static LearningSettings regression() {
    return LearningSettings.defaults()
        .withMemory(1e5, 8)
        .withLearningRate(rate(2e-3))
        .withInitialPrecisionFactor(1 / (.05 * .05));
  }

  private static LearningRate rate(double rate) {
    return new LearningRate(rate, 0, 1);
  }

  /** The recipe for a table: 64 hidden units and a linear path. */
  public static SupervisedSettings tabular(Task task, Inputs inputs, long seed) {
    return new SupervisedSettings(
        task,
        inputs,
        NetworkSpec.parse("mlp(hidden=64, activation=relu, skip=linear)"),
        task instanceof Task.Classification ? classification() : regression(),
        Training.tabular(),
        Pending.defaults(),
        seed,
        Optional.empty());
  }

  /**
   * The recipe for images: predictions around means averaged over about 70 steps, and temper 128
   * (docs/decisions, 0010).
   */
  public static SupervisedSettings images(
      Task task, Inputs inputs, NetworkSpec network, long seed) {
    return new SupervisedSettings(
        task,
        inputs,
        network,
        classification()
            .withMemory(1e5, 128)
            .withInitialPrecisionFactor(1 / (.05 * .05))
            .withAveraging(.015),
        Training.images(),
        Pending.defaults(),
        seed,
        Optional.empty());
  }

  public SupervisedSettings withNetwork(NetworkSpec other) {
    return new SupervisedSettings(
        task, inputs, other, learning, training, pending, seed, pretrained);
  }

  public SupervisedSettings withLearning(LearningSettings other) {
    return new SupervisedSettings(
        task, inputs, network, other, training, pending, seed, pretrained);
  }

  public SupervisedSettings withTraining(Training other) {
    return new SupervisedSettings(
        task, inputs, network, learning, other, pending, seed, pretrained);
  }

  public SupervisedSettings withPending(Pending other) {
    return new SupervisedSettings(
        task, inputs, network, learning, training, other, seed, pretrained);
  }

  public SupervisedSettings withSeed(long other) {
    return new SupervisedSettings(
        task, inputs, network, learning, training, pending, other, pretrained);
  }

  public SupervisedSettings withPretrained(PretrainedWeights other) {
    return new SupervisedSettings(
        task, inputs, network, learning, training, pending, seed, Optional.of(other));
  }

  /** What the network's outputs mean. */
  Likelihood likelihood() {
    return task instanceof Task.Classification c
        ? new Categorical(c.classes())
        : new Gaussian(OptionalDouble.empty());
  }

  /** Numbers per sample that the network sees: features, flags of missing ones, label history. */
  public int inputWidth() {
    return new InputLayout(inputs, LabelHistory.width(inputs, task)).width();
  }

  /**
   * Checks that the network takes such samples.
   *
   * @return number of its weights; 0 for a module, whose weights are known when its file is read
   * @throws IllegalArgumentException saying what does not fit
   */
  public int requireNetworkFits() {
    if (network instanceof ScriptedModule module) {
      require(Files.isReadable(module.path()), "network", "a readable module file", module.path());
      require(
          pretrained.isEmpty(),
          "pretrained weights",
          "none beside a module, which brings its own",
          pretrained);
      return 0;
    }
    Likelihood likelihood = likelihood();
    return network.parameters(inputWidth(), likelihood.outputs(1), likelihood.locations(1)).stream()
        .mapToInt(ParameterBlock::size)
        .sum();
  }

  /** The settings that decide what a state means; a state goes on under equal ones only. */
  String stateRelevant() {
    return "task=%s features=%s shape=%s missing=%s label-lags=%d label-averages=%s network=%s replay-rows=%d seed=%d%s"
        .formatted(
            task,
            runs(inputs.features()),
            inputs.shape(),
            inputs.missing(),
            inputs.labelLags(),
            inputs.labelAverages(),
            network,
            training.replayRows(),
            seed,
            pretrained.map(weights -> " pretrained=" + weights.hash()).orElse(""));
  }

  /** Equal neighbours counted: {@code 784 x Numeric[]}. */
  private static String runs(List<FeatureSpec> features) {
    StringJoiner runs = new StringJoiner(", ");
    int from = 0;
    for (int i = 1; i <= features.size(); i++) {
      if (i == features.size() || !features.get(i).equals(features.get(from))) {
        runs.add(i - from + " x " + features.get(from));
        from = i;
      }
    }
    return runs.toString();
  }

  private static void require(boolean good, String name, String expected, Object got) {
    if (!good) {
      throw new IllegalArgumentException("%s: expected %s, got %s".formatted(name, expected, got));
    }
  }
}
