package io.tidecast.app.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;
import static org.apache.kafka.common.config.ConfigDef.Type.BOOLEAN;
import static org.apache.kafka.common.config.ConfigDef.Type.DOUBLE;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import java.time.Duration;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigDef.Validator;

/**
 * Every setting of a model of labelled samples, which stands under {@code models.NAME.}. A null
 * default means: by the recipe for the task and the shape.
 */
final class ModelSetting {
  static final String TASK = "task";
  static final String CLASSES = "classes";
  static final String SET_COVERAGE = "set-coverage";
  static final String FEATURES = "features";
  static final String SHAPE = "shape";
  static final String MISSING = "missing";
  static final String LABEL_LAGS = "label-lags";
  static final String LABEL_AVERAGES = "label-averages";
  static final String NETWORK = "network";
  static final String PRETRAINED = "pretrained";
  static final String FAMILY = "family";
  static final String LEARNING_RATE = "learning-rate";
  static final String MEMORY = "memory";
  static final String TEMPER = "temper";
  static final String AVERAGING = "averaging";
  static final String PREDICTION_DRAWS = "prediction-draws";
  static final String BATCH_SIZE = "batch-size";
  static final String BATCH_TIMEOUT = "batch-timeout";
  static final String UPDATES = "updates";
  static final String ROWS = "rows";
  static final String REPLAY_ROWS = "replay-rows";
  static final String SHIFT = "shift";
  static final String DRIFT = "drift";
  static final String PENDING_SAMPLES = "pending-samples";
  static final String PENDING_AGE = "pending-age";
  static final String SEED = "seed";
  static final String SAMPLES = "samples";
  static final String PREDICTIONS = "predictions";
  static final String SCORES = "scores";

  private static final Validator TOPIC = Setting.matching("[A-Za-z0-9._-]{0,150}");

  private ModelSetting() {}

  /** The table of one model. */
  static ConfigDef table() {
    ConfigDef table = new ConfigDef();
    text(
        table,
        TASK,
        HIGH,
        ValidString.in("classification", "regression"),
        "What the labels are: classes, or numbers.");
    text(
        table,
        CLASSES,
        "",
        HIGH,
        new ConfigDef.NonNullValidator(),
        "For classification: how many classes there are, or their names in the order of their"
            + " indices.");
    table.define(
        SET_COVERAGE,
        DOUBLE,
        .9,
        between(.01, .999),
        LOW,
        "How often a set of predicted classes is to hold the label.");
    text(
        table,
        FEATURES,
        HIGH,
        new NonEmptyString(),
        "How many numbers a sample has, or their names. A name alone is a measurement;"
            + " `day=mon|tue|wed` is a category out of a list, `city=hash(64)` one out of an open"
            + " set, hashed into so many buckets.");
    text(
        table,
        SHAPE,
        "",
        MEDIUM,
        Setting.matching("|\\d+(,\\d+){1,3}"),
        "Shape of an image, e.g. `[28, 28]` or `[3, 32, 32]`; empty: a plain vector.");
    table.define(
        MISSING,
        BOOLEAN,
        false,
        MEDIUM,
        "Whether NaN means a missing feature, which is masked; otherwise it is refused.");
    table.define(
        LABEL_LAGS,
        INT,
        0,
        between(0, 1000),
        MEDIUM,
        "How many of the stream's newest labels are inputs too.");
    text(
        table,
        LABEL_AVERAGES,
        "",
        MEDIUM,
        Setting.matching("|0?\\.\\d+(,0?\\.\\d+)*"),
        "Rates of running averages of the stream's labels that are inputs too, e.g. `[.2, .02]`.");
    text(
        table,
        NETWORK,
        "mlp(hidden=64, activation=relu, skip=linear)",
        HIGH,
        new NonEmptyString(),
        "The network: `linear`, `mlp(...)`, `gru(...)`, `patch(...)`, `conv(...)`, `vit(...)`, or"
            + " `module(path=FILE)`, a TorchScript module of your own whose weights are start and"
            + " prior mean.");
    text(
        table,
        PRETRAINED,
        "",
        MEDIUM,
        new ConfigDef.NonNullValidator(),
        "File with weights that the network learned elsewhere, `.safetensors` or `.npz`: start and"
            + " prior mean; empty: none.");
    text(
        table,
        FAMILY,
        "mean-field",
        MEDIUM,
        Setting.matching(
            "mean-field|mean-field\\((unit|gauss-newton)\\)|low-rank\\(\\d{1,3}\\)|mixture\\(\\d{1,2}\\)"),
        "Shape of the posterior: `mean-field`, `mean-field(unit)` (one precision per output unit)"
            + " or `mean-field(gauss-newton)` (precisions from sampled labels), both for networks"
            + " of 100,000 weights and more, `low-rank(RANK)`, `mixture(COMPONENTS)`.");
    recipe(table, LEARNING_RATE, DOUBLE, between(1e-8, 1), MEDIUM, "Learning rate of the means.");
    recipe(table, MEMORY, DOUBLE, atLeast(1), MEDIUM, "How many samples the posterior remembers.");
    recipe(
        table,
        TEMPER,
        DOUBLE,
        between(.01, 1e4),
        MEDIUM,
        "How much each sample counts; more sharpens the posterior.");
    recipe(
        table,
        AVERAGING,
        DOUBLE,
        between(1e-6, 1),
        MEDIUM,
        "Share of the newest means in the means that predictions are drawn around, which are"
            + " averaged over about 1/share steps; 1: the newest alone. Of the mean-field"
            + " families.");
    recipe(
        table,
        PREDICTION_DRAWS,
        INT,
        between(2, 1024),
        LOW,
        "Weight draws for a prediction, an even number.");
    recipe(table, BATCH_SIZE, INT, between(1, 4096), MEDIUM, "Samples that make a mini-batch.");
    text(
        table,
        BATCH_TIMEOUT,
        "100ms",
        MEDIUM,
        Setting.duration(Duration.ZERO),
        "A mini-batch that has waited this long without a new sample is cut. 0s: never.");
    recipe(
        table,
        UPDATES,
        INT,
        between(1, 1000),
        MEDIUM,
        "Learning steps per full mini-batch: the budget of learning.");
    recipe(
        table,
        ROWS,
        INT,
        between(1, 4096),
        MEDIUM,
        "Rows per learning step: fresh ones once, the rest replayed.");
    recipe(
        table,
        REPLAY_ROWS,
        INT,
        between(1, 10_000_000),
        MEDIUM,
        "Newest labelled samples that are replayed from.");
    recipe(
        table,
        SHIFT,
        INT,
        between(0, 16),
        LOW,
        "Largest random shift of a replayed image, pixels.");
    table.define(
        DRIFT,
        BOOLEAN,
        true,
        MEDIUM,
        "Whether memory and replay shorten when the network's loss rises.");
    table.define(
        PENDING_SAMPLES,
        INT,
        10_000,
        between(1, 10_000_000),
        MEDIUM,
        "Samples kept until their label comes; the oldest goes first. As many labelled ids are"
            + " remembered, to refuse a second label.");
    text(
        table,
        PENDING_AGE,
        "7d",
        MEDIUM,
        Setting.duration(Duration.ofMillis(1)),
        "How long a sample is kept for its label, in the time of the samples.");
    table.define(SEED, LONG, 1L, LOW, "Seed of all random numbers of this model.");
    text(table, SAMPLES, "", LOW, TOPIC, "Topic of the samples; empty: `NAME-samples`.");
    text(
        table, PREDICTIONS, "", LOW, TOPIC, "Topic of the predictions; empty: `NAME-predictions`.");
    text(
        table,
        SCORES,
        "",
        LOW,
        TOPIC,
        "Topic of what predictions were worth; empty: `NAME-scores`.");
    return table;
  }

  private static void text(
      ConfigDef table, String name, Importance importance, Validator rule, String meaning) {
    table.define(name, STRING, ConfigDef.NO_DEFAULT_VALUE, rule, importance, meaning);
  }

  private static void text(
      ConfigDef table,
      String name,
      String standard,
      Importance importance,
      Validator rule,
      String meaning) {
    table.define(name, STRING, standard, rule, importance, meaning);
  }

  /** A number that the recipe gives where nobody does. */
  private static void recipe(
      ConfigDef table,
      String name,
      ConfigDef.Type type,
      Validator rule,
      Importance importance,
      String meaning) {
    table.define(
        name,
        type,
        null,
        LambdaValidator.with(
            (key, value) -> {
              if (value != null) {
                rule.ensureValid(key, value);
              }
            },
            rule::toString),
        importance,
        meaning);
  }
}
