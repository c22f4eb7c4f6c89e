package io.tidecast.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidecast.app.UserException;
import io.tidecast.engine.posterior.Family;
import io.tidecast.engine.supervised.FeatureSpec;
import io.tidecast.engine.supervised.SupervisedSettings.Training;
import io.tidecast.engine.supervised.Task;
import io.tidecast.schemas.ModelTopics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsConfigTest {
  @TempDir private Path folder;

  @Test
  void several_models_stand_in_one_file_each_with_its_own_settings() throws IOException {
    TidecastConfig config =
        new ConfigSources()
            .file(
                yaml(
                    """
                    models:
                      - name: fraud
                        task: classification
                        classes: [good, bad]
                        features: [amount, day=mon|tue|wed, city=hash(64)]
                        label-lags: 4
                        label-averages: [.2, .02]
                        family: mean-field(gauss-newton)
                        learning-rate: 1e-3
                        averaging: .03
                        batch-size: 64
                        pending-age: 2d
                      - name: digits
                        task: classification
                        classes: 10
                        features: 784
                        shape: [28, 28]
                        network: conv(image=28x28, channels=8x16, kernel=5, hidden=64)
                        family: mean-field(unit)
                      - name: price
                        task: regression
                        features: 3
                        samples: houses
                        family: low-rank(4)
                    """))
            .flag("models.price.seed", 9)
            .load();

    assertThat(config.models())
        .extracting(ModelConfig::name)
        .containsExactly("digits", "fraud", "price");
    ModelConfig fraud = config.models().get(1);
    assertThat(fraud.classNames()).containsExactly("good", "bad");
    assertThat(fraud.featureNames()).containsExactly("amount", "day", "city");
    assertThat(fraud.settings().task()).isEqualTo(new Task.Classification(2));
    assertThat(fraud.settings().inputs().features())
        .containsExactly(
            new FeatureSpec.Numeric(),
            new FeatureSpec.Vocabulary(List.of("mon", "tue", "wed")),
            new FeatureSpec.Hashed(64));
    assertThat(fraud.settings().inputs().labelAverages()).containsExactly(.2, .02);
    assertThat(fraud.settings().learning().family())
        .isEqualTo(new Family.MeanField(Family.Curvature.GAUSS_NEWTON));
    assertThat(fraud.settings().learning().learningRate().base()).isEqualTo(1e-3);
    assertThat(fraud.settings().learning().averaging()).isEqualTo(.03);
    assertThat(fraud.settings().training().batchSize()).isEqualTo(64);
    assertThat(fraud.settings().training().updates()).isEqualTo(Training.tabular().updates());
    assertThat(fraud.settings().pending().age()).isEqualTo(Duration.ofDays(2));
    assertThat(fraud.topics()).isEqualTo(ModelTopics.of("fraud"));
    ModelConfig digits = config.models().get(0);
    assertThat(digits.settings().inputs().shape()).containsExactly(28, 28);
    assertThat(digits.settings().training()).isEqualTo(Training.images());
    assertThat(digits.settings().learning().family())
        .isEqualTo(new Family.MeanField(Family.Curvature.UNIT));
    ModelConfig price = config.models().get(2);
    assertThat(price.settings().seed()).isEqualTo(9);
    assertThat(price.topics().samples()).isEqualTo("houses");
    assertThat(price.topics().scores()).isEqualTo("price-scores");
    assertThat(price.settings().learning().family()).isEqualTo(new Family.LowRank(4));
  }

  @Test
  void a_configuration_goes_through_flags_and_back() throws IOException {
    TidecastConfig config =
        new ConfigSources()
            .file(
                yaml(
                    """
                    models:
                      - name: a
                        task: classification
                        classes: 2
                        features: [x, y]
                    """))
            .load();
    assertThat(new ConfigSources().flags(config.given()).load().models())
        .isEqualTo(config.models());
  }

  @Test
  void the_environment_sets_what_a_file_gave_a_model_and_names_models_of_its_own()
      throws IOException {
    TidecastConfig config =
        new ConfigSources()
            .file(
                yaml(
                    """
                    models:
                      - name: Fraud-2
                        task: classification
                        classes: 2
                        features: 3
                    """))
            .environment(
                Map.of(
                    "TIDECAST_MODELS_FRAUD_2_BATCH_SIZE", "64",
                    "TIDECAST_MODELS_HOUSE_PRICES_TASK", "regression",
                    "TIDECAST_MODELS_HOUSE_PRICES_FEATURES", "4",
                    "TIDECAST_MODELS_HOUSE_PRICES_PENDING_SAMPLES", "77"))
            .load();
    assertThat(config.models())
        .extracting(ModelConfig::name)
        .containsExactly("Fraud-2", "house_prices");
    assertThat(config.models().get(0).settings().training().batchSize()).isEqualTo(64);
    assertThat(config.models().get(1).settings().pending().samples()).isEqualTo(77);
  }

  @Test
  void without_forecasting_there_must_be_a_model() {
    ConfigSources off = new ConfigSources().flag("forecast.enabled", false);
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(off::load)
        .withMessageContaining("nothing is left to learn");
    TidecastConfig config =
        off.flag("models.m.task", "regression").flag("models.m.features", 2).load();
    assertThat(config.forecasting()).isFalse();
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(config::requireForecasting)
        .withMessageContaining("--model");
  }

  @Test
  void every_fault_of_every_model_is_named_with_its_key_its_value_and_the_rule() {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(
            () ->
                new ConfigSources()
                    .flags(
                        Map.of(
                            "models.a.task", "clustering",
                            "models.a.features", "2",
                            "models.a.temper", "-3",
                            "models.b.task", "regression",
                            "models.b.netwrok", "linear"))
                    .load())
        .satisfies(
            e ->
                assertThat(e.faults())
                    .hasSize(4)
                    .anySatisfy(
                        f -> assertThat(f).contains("clustering", "models.a.task", "regression"))
                    .anySatisfy(
                        f -> assertThat(f).contains("-3", "models.a.temper", "at least 0.01"))
                    .anySatisfy(f -> assertThat(f).contains("unknown setting 'models.b.netwrok'"))
                    .anySatisfy(f -> assertThat(f).contains("models.b.features")));
  }

  @Test
  void settings_that_contradict_each_other_are_said_with_their_rule() {
    assertFault(Map.of("classes", ""), "models.m.classes", "needs their number or names");
    assertFault(Map.of("classes", "1"), "models.m.classes", "2 to 10000");
    assertFault(Map.of("features", "a,a"), "models.m.features", "a name of its own");
    assertFault(Map.of("features", "a=x"), "models.m.features", "at least two values");
    assertFault(Map.of("shape", "28,28"), "models.m.shape", "a product of 2");
    assertFault(Map.of("network", "mpl(hidden=3)"), "models.m.network", "unknown kind 'mpl'");
    assertFault(
        Map.of("network", "conv(image=28x28)"), "models.m.network", "expected 784 inputs per row");
    assertFault(
        Map.of("network", "module(path=none.pt)"), "models.m.network", "a readable module file");
    assertFault(
        Map.of("pretrained", "none.npz"), "models.m.pretrained", "none.npz': cannot be read");
    assertFault(Map.of("replay-rows", "5"), "models.m.replay-rows", "at least the rows of a step");
    assertFault(Map.of("prediction-draws", "3"), "models.m.prediction-draws", "even number");
    assertFault(
        Map.of("averaging", ".03", "family", "low-rank(2)"),
        "models.m.averaging",
        "offered by the mean-field family only");
    assertFault(Map.of("samples", "observations"), "model 'm'", "'observations' is taken");
    assertFault(Map.of("scores", "m-samples"), "model 'm'", "'m-samples' is taken");
  }

  @Test
  void a_model_without_a_name_of_its_own_is_refused() throws IOException {
    Path file = yaml("models:\n  - task: regression\n    features: 2\n");
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> new ConfigSources().file(file).load())
        .withMessageContaining("models: entry 1: expected a name of its own");
  }

  private static void assertFault(Map<String, String> changed, String... words) {
    ConfigSources sources =
        new ConfigSources()
            .flag("models.m.task", "classification")
            .flag("models.m.classes", 3)
            .flag("models.m.features", 2);
    changed.forEach((name, value) -> sources.flag("models.m." + name, value));
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(sources::load)
        .satisfies(
            e ->
                assertThat(e.faults())
                    .singleElement()
                    .satisfies(f -> assertThat(f).contains(words)));
  }

  private Path yaml(String text) throws IOException {
    return Files.writeString(folder.resolve("c.yaml"), text, StandardCharsets.UTF_8);
  }
}
