package io.tidecast.app.config;

import io.tidecast.engine.inference.LearningRate;
import io.tidecast.engine.inference.LearningSettings;
import io.tidecast.engine.inference.PretrainedWeights;
import io.tidecast.engine.network.NetworkSpec;
import io.tidecast.engine.posterior.Family;
import io.tidecast.engine.supervised.FeatureSpec;
import io.tidecast.engine.supervised.SupervisedSettings;
import io.tidecast.engine.supervised.SupervisedSettings.Inputs;
import io.tidecast.engine.supervised.SupervisedSettings.Pending;
import io.tidecast.engine.supervised.SupervisedSettings.Training;
import io.tidecast.engine.supervised.Task;
import io.tidecast.schemas.ModelTopics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Makes a model of its settings, each of which is good for itself. */
final class ModelReader {
  private static final Pattern HASH = Pattern.compile("hash\\((\\d{1,4})\\)");
  private static final Pattern COUNTED = Pattern.compile("(low-rank|mixture)\\((\\d+)\\)");

  private final String prefix;
  private final Map<String, Object> values;
  private final List<String> featureNames = new ArrayList<>();
  private List<String> classNames = List.of();

  private ModelReader(String prefix, Map<String, Object> values) {
    this.prefix = prefix;
    this.values = values;
  }

  /**
   * Reads a model.
   *
   * @param prefix what stands before each of its settings, {@code models.NAME.}
   * @param values checked values by their full names
   * @throws ConfigException if settings contradict each other
   */
  static ModelConfig read(String name, String prefix, Map<String, Object> values) {
    return new ModelReader(prefix, values).model(name);
  }

  private ModelConfig model(String name) {
    Task task = task();
    Inputs inputs = inputs();
    NetworkSpec network =
        of(ModelSetting.NETWORK, () -> NetworkSpec.parse(text(ModelSetting.NETWORK)));
    SupervisedSettings recipe =
        inputs.shape().isEmpty()
            ? SupervisedSettings.tabular(task, inputs, seed()).withNetwork(network)
            : SupervisedSettings.images(task, inputs, network, seed());
    SupervisedSettings plain =
        recipe
            .withTraining(training(recipe.training()))
            .withLearning(learning(recipe.learning()))
            .withPending(
                new Pending(
                    number(ModelSetting.PENDING_SAMPLES, 0),
                    Durations.parse(text(ModelSetting.PENDING_AGE))));
    String weights = text(ModelSetting.PRETRAINED);
    SupervisedSettings settings =
        weights.isEmpty()
            ? plain
            : plain.withPretrained(
                of(ModelSetting.PRETRAINED, () -> PretrainedWeights.of(Path.of(weights))));
    of(ModelSetting.NETWORK, settings::requireNetworkFits);
    ModelTopics standard = ModelTopics.of(name);
    ModelTopics topics =
        new ModelTopics(
            name,
            textOr(ModelSetting.SAMPLES, standard.samples()),
            textOr(ModelSetting.PREDICTIONS, standard.predictions()),
            textOr(ModelSetting.SCORES, standard.scores()));
    return new ModelConfig(
        topics,
        settings,
        Optional.of(Durations.parse(text(ModelSetting.BATCH_TIMEOUT))).filter(d -> !d.isZero()),
        featureNames,
        classNames);
  }

  private Task task() {
    String classes = text(ModelSetting.CLASSES);
    if (text(ModelSetting.TASK).equals("regression")) {
      if (!classes.isEmpty()) {
        throw fault(ModelSetting.CLASSES, "a regression has none");
      }
      return new Task.Regression();
    }
    if (classes.isEmpty()) {
      throw fault(ModelSetting.CLASSES, "a classification needs their number or names");
    }
    boolean counted = classes.matches("\\d{1,6}");
    classNames = counted ? List.of() : list(classes);
    if (classNames.stream().distinct().count() < classNames.size()) {
      throw fault(ModelSetting.CLASSES, "each name once");
    }
    int count = counted ? Integer.parseInt(classes) : classNames.size();
    return of(
        ModelSetting.CLASSES,
        () -> new Task.Classification(count, real(ModelSetting.SET_COVERAGE, .9)));
  }

  private Inputs inputs() {
    List<Integer> shape = list(text(ModelSetting.SHAPE)).stream().map(Integer::valueOf).toList();
    List<Double> averages =
        list(text(ModelSetting.LABEL_AVERAGES)).stream().map(Double::valueOf).toList();
    List<FeatureSpec> features = of(ModelSetting.FEATURES, this::features);
    return of(
        shape.isEmpty() ? ModelSetting.FEATURES : ModelSetting.SHAPE,
        () ->
            new Inputs(
                features,
                shape,
                (Boolean) value(ModelSetting.MISSING),
                number(ModelSetting.LABEL_LAGS, 0),
                averages));
  }

  private List<FeatureSpec> features() {
    String text = text(ModelSetting.FEATURES);
    if (text.matches("\\d{1,7}")) {
      return Collections.nCopies(Integer.parseInt(text), new FeatureSpec.Numeric());
    }
    List<FeatureSpec> features = new ArrayList<>();
    for (String feature : list(text)) {
      int at = feature.indexOf('=');
      String name = at < 0 ? feature : feature.substring(0, at).strip();
      if (name.isEmpty() || featureNames.contains(name)) {
        throw new IllegalArgumentException(
            "'%s': each feature needs a name of its own".formatted(feature));
      }
      featureNames.add(name);
      features.add(
          at < 0 ? new FeatureSpec.Numeric() : category(feature.substring(at + 1).strip()));
    }
    return features;
  }

  private static FeatureSpec category(String kind) {
    Matcher hash = HASH.matcher(kind);
    return hash.matches()
        ? new FeatureSpec.Hashed(Integer.parseInt(hash.group(1)))
        : new FeatureSpec.Vocabulary(
            Arrays.stream(kind.split("\\|", -1)).map(String::strip).toList());
  }

  private Training training(Training t) {
    int rows = number(ModelSetting.ROWS, t.rows());
    return of(
        ModelSetting.REPLAY_ROWS,
        () ->
            new Training(
                number(ModelSetting.BATCH_SIZE, t.batchSize()),
                number(ModelSetting.UPDATES, t.updates()),
                rows,
                number(ModelSetting.REPLAY_ROWS, t.replayRows()),
                number(ModelSetting.SHIFT, t.shift()),
                (Boolean) value(ModelSetting.DRIFT)));
  }

  private LearningSettings learning(LearningSettings l) {
    LearningSettings learning =
        l.withMemory(
                real(ModelSetting.MEMORY, l.memory().nEff()),
                real(ModelSetting.TEMPER, l.memory().omega()))
            .withLearningRate(
                new LearningRate(real(ModelSetting.LEARNING_RATE, l.learningRate().base()), 0, 1));
    LearningSettings drawn =
        of(
            ModelSetting.PREDICTION_DRAWS,
            () ->
                learning.withPredictionDraws(
                    number(ModelSetting.PREDICTION_DRAWS, l.predictionDraws())));
    LearningSettings shaped =
        of(
            ModelSetting.FAMILY,
            () -> {
              Family family = family(text(ModelSetting.FAMILY));
              return drawn.withFamily(family, 2 * family.components());
            });
    return of(
        ModelSetting.AVERAGING,
        () -> shaped.withAveraging(real(ModelSetting.AVERAGING, shaped.averaging())));
  }

  private static Family family(String text) {
    Matcher counted = COUNTED.matcher(text);
    if (counted.matches()) {
      int count = Integer.parseInt(counted.group(2));
      return counted.group(1).equals("mixture")
          ? new Family.Mixture(count, false)
          : new Family.LowRank(count);
    }
    return new Family.MeanField(
        switch (text) {
          case "mean-field(unit)" -> Family.Curvature.UNIT;
          case "mean-field(gauss-newton)" -> Family.Curvature.GAUSS_NEWTON;
          default -> Family.Curvature.WEIGHT;
        });
  }

  private long seed() {
    return (Long) value(ModelSetting.SEED);
  }

  /** The engine's own rules say what is wrong; the setting's name is added. */
  private <T> T of(String setting, Supplier<T> make) {
    try {
      return make.get();
    } catch (ConfigException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw fault(setting, String.valueOf(e.getMessage()));
    }
  }

  private ConfigException fault(String setting, String rule) {
    return new ConfigException(prefix + setting, values.get(prefix + setting), rule);
  }

  private Object value(String setting) {
    Object value = values.get(prefix + setting);
    if (value == null) {
      throw new IllegalStateException("setting '" + prefix + setting + "' has no value");
    }
    return value;
  }

  private String text(String setting) {
    return ((String) value(setting)).strip();
  }

  private String textOr(String setting, String otherwise) {
    String text = text(setting);
    return text.isEmpty() ? otherwise : text;
  }

  private static List<String> list(String text) {
    return text.isEmpty()
        ? List.of()
        : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
  }

  private int number(String setting, int otherwise) {
    @Nullable Object value = values.get(prefix + setting);
    return value == null ? otherwise : (Integer) value;
  }

  private double real(String setting, double otherwise) {
    @Nullable Object value = values.get(prefix + setting);
    return value == null ? otherwise : (Double) value;
  }
}
