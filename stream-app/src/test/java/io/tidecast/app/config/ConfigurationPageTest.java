package io.tidecast.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The reference page is the table of settings; run with {@code -Dtidecast.write-docs=true} to write
 * it anew.
 */
class ConfigurationPageTest {
  private static final Path PAGE = Path.of("..", "docs", "configuration.md");

  private static final String HEAD =
      """
      # Configuration

      Generated from the table of settings (`mvn -pl stream-app -am test -Dtest=ConfigurationPageTest -Dtidecast.write-docs=true
      -Dsurefire.failIfNoSpecifiedTests=false`); a test compares the two.

      A setting comes from a YAML file (nested keys are joined by dots), from the environment variable `TIDECAST_` + the name in capitals with
      underscores for dots and hyphens, or from `--set name=value`; the later goes over the earlier. Durations are written as `250ms`, `90s`,
      `15m`, `1h`, `7d` or `PT15M`. Properties of Kafka's clients and of Kafka Streams stand under `kafka.`, those of the schema-registry
      client under `schema.registry.`.

      """;

  private static final String MODELS =
      """

      ## Models of labelled samples
      `models:` is a list; each entry has a `name` (letters, digits, `-`, `_`) and these settings. Their full names are `models.NAME.SETTING`, as in
      `--set models.fraud.temper=16` or `TIDECAST_MODELS_FRAUD_TEMPER=16`. Where the default is (recipe), it follows from the task and the shape (`SupervisedSettings`).

      ```yaml
      models:
        - name: fraud
          task: classification
          classes: [good, bad]
          features: [amount, day=mon|tue|wed, city=hash(64)]
        - name: digits
          task: classification
          classes: 10
          features: 784
          shape: [28, 28]
          network: conv(image=28x28, channels=16x32, kernel=5, hidden=192)
          family: mean-field(unit)
      ```

      """;

  @Test
  void the_configuration_page_lists_the_settings_as_they_are() throws IOException {
    String page = HEAD + TidecastConfig.reference() + MODELS + TidecastConfig.modelReference();
    if (Boolean.getBoolean("tidecast.write-docs")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }
}
