package io.tidecast.app.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * The part of a configuration that speaks of models of labelled samples: settings {@code
 * models.NAME.SETTING}, in a file also a list with a name in each entry.
 */
final class Models {
  private static final String PREFIX = "models.";

  /** Names go into topics, state stores and metrics. */
  private static final Pattern NAME = Pattern.compile("models\\.([A-Za-z0-9_-]{1,60})\\..+");

  private Models() {}

  /** Names of the models that settings speak of. */
  static Set<String> names(Collection<String> settings) {
    Set<String> names = new TreeSet<>();
    for (String setting : settings) {
      Matcher m = NAME.matcher(setting);
      if (m.matches()) {
        names.add(m.group(1));
      }
    }
    return names;
  }

  /** How the environment spells a setting, without what stands before all of them. */
  static String variable(String setting) {
    return setting.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
  }

  /**
   * The setting of a model that no file names, e.g. {@code models.fraud.batch-size} for {@code
   * MODELS_FRAUD_BATCH_SIZE}; empty where the end is no setting of a model.
   */
  static Optional<String> named(String variable) {
    String prefix = variable(PREFIX);
    if (!variable.startsWith(prefix)) {
      return Optional.empty();
    }
    return ModelSetting.table().names().stream()
        .filter(setting -> variable.endsWith("_" + variable(setting)))
        // pending-samples, not samples
        .max(Comparator.comparingInt(String::length))
        .filter(setting -> variable.length() > prefix.length() + setting.length() + 1)
        .map(
            setting -> {
              int end = variable.length() - setting.length() - 1;
              String model = variable.substring(prefix.length(), end).toLowerCase(Locale.ROOT);
              return PREFIX + model + "." + setting;
            });
  }

  /** The table of all settings with those of each model. */
  static ConfigDef tableWith(Set<String> models) {
    ConfigDef table = new ConfigDef(Setting.TABLE);
    for (String model : models) {
      table.embed(PREFIX + model + ".", "", 0, ModelSetting.table());
    }
    return table;
  }

  /**
   * Reads the models.
   *
   * @param values checked values by name
   * @param faults takes what their settings contradict each other in
   */
  static List<ModelConfig> read(
      Set<String> names, Map<String, Object> values, List<String> faults) {
    List<ModelConfig> models = new ArrayList<>();
    if (!faults.isEmpty()) {
      return models;
    }
    Set<String> topics =
        new TreeSet<>(Set.of("observations", "forecasts", "scores", "dead-letters"));
    for (String name : names) {
      try {
        ModelConfig model = ModelReader.read(name, PREFIX + name + ".", values);
        models.add(model);
        for (String topic :
            List.of(
                model.topics().samples(), model.topics().predictions(), model.topics().scores())) {
          if (!topics.add(topic)) {
            faults.add(
                "model '%s': topic '%s' is taken; each model needs topics of its own"
                    .formatted(name, topic));
          }
        }
      } catch (ConfigException e) {
        faults.add(String.valueOf(e.getMessage()));
      }
    }
    return models;
  }
}
