package io.tidecast.app.config;

import io.tidecast.app.UserException;
import io.tidecast.engine.device.DeviceChoice;
import io.tidecast.engine.forecast.ForecastSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigValue;

/** Checked settings. Made by {@link ConfigSources}; an instance is always valid. */
public final class TidecastConfig {
  private static final String KAFKA = "kafka.";
  private static final String REGISTRY = "schema.registry.";
  private static final Pattern STREAMS_ONLY =
      Pattern.compile(
          "(main\\.|restore\\.|global\\.)?(consumer|producer|admin)\\.|group\\.protocol|num\\.|topic\\.");

  private final Map<String, Object> values;
  private final Map<String, String> given;
  private final List<ModelConfig> models;

  private TidecastConfig(
      Map<String, Object> values, Map<String, String> given, List<ModelConfig> models) {
    this.values = values;
    this.given = given;
    this.models = List.copyOf(models);
  }

  /**
   * Checks settings.
   *
   * @param given dotted name to text
   * @throws UserException with every fault at once: unknown names, and bad values with their rule
   */
  static TidecastConfig of(Map<String, String> given, Map<String, String> origins) {
    List<String> faults = new ArrayList<>();
    Set<String> models = Models.names(given.keySet());
    ConfigDef table = Models.tableWith(models);
    for (String name : given.keySet()) {
      if (!table.names().contains(name) && !isPassedThrough(name)) {
        faults.add(
            "unknown setting '%s' (%s)%s"
                .formatted(
                    name,
                    origin(origins, name),
                    similar(name, table).map(s -> "; did you mean '" + s + "'?").orElse("")));
      }
    }
    Map<String, Object> values = new LinkedHashMap<>();
    for (Map.Entry<String, ConfigValue> e : table.validateAll(ours(given, table)).entrySet()) {
      for (String message : e.getValue().errorMessages()) {
        // Of a model's setting Kafka names the last part only.
        String named = message.contains(e.getKey()) ? message : e.getKey() + ": " + message;
        faults.add(named + " (" + origin(origins, e.getKey()) + ")");
      }
      values.put(e.getKey(), e.getValue().value());
    }
    if (!faults.isEmpty()) {
      throw new UserException(faults);
    }
    List<ModelConfig> read = Models.read(models, values, faults);
    if (read.isEmpty() && Boolean.FALSE.equals(values.get(Setting.FORECASTING))) {
      faults.add(
          "%s is false and there are no models: nothing is left to learn (%s)"
              .formatted(Setting.FORECASTING, origin(origins, Setting.FORECASTING)));
    }
    if (!faults.isEmpty()) {
      throw new UserException(faults);
    }
    return new TidecastConfig(values, Map.copyOf(given), read);
  }

  private static String origin(Map<String, String> origins, String name) {
    return origins.getOrDefault(name, "default");
  }

  private static Map<String, String> ours(Map<String, String> given, ConfigDef table) {
    Map<String, String> ours = new LinkedHashMap<>(given);
    ours.keySet().retainAll(table.names());
    return ours;
  }

  private static boolean isPassedThrough(String name) {
    return name.startsWith(KAFKA) || name.startsWith(REGISTRY);
  }

  private static Optional<String> similar(String name, ConfigDef table) {
    String tail =
        name.substring(name.lastIndexOf('.') + 1).replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
    return table.names().stream()
        .filter(n -> n.substring(n.lastIndexOf('.') + 1).replace("-", "").equals(tail))
        .findFirst();
  }

  public String applicationId() {
    return string(Setting.APPLICATION_ID);
  }

  public Path stateDir() {
    return Path.of(string(Setting.STATE_DIR));
  }

  public String bootstrapServers() {
    return string(Setting.BOOTSTRAP_SERVERS);
  }

  public String registryUrl() {
    return string(Setting.REGISTRY_URL);
  }

  public String topicsPrefix() {
    return string(Setting.TOPICS_PREFIX);
  }

  public boolean createTopics() {
    return (Boolean) value(Setting.TOPICS_CREATE);
  }

  public int partitions() {
    return (Integer) value(Setting.TOPICS_PARTITIONS);
  }

  public short replicationFactor() {
    return ((Integer) value(Setting.TOPICS_REPLICATION)).shortValue();
  }

  public DeviceChoice device() {
    return DeviceChoice.valueOf(string(Setting.DEVICE).toUpperCase(Locale.ROOT));
  }

  public boolean requireGpu() {
    return (Boolean) value(Setting.REQUIRE_GPU);
  }

  public int engineThreads() {
    return (Integer) value(Setting.THREADS);
  }

  /** A mini-batch that has waited this long is cut; empty: never. */
  public Optional<Duration> batchTimeout() {
    return Optional.of(Durations.parse(string(Setting.BATCH_TIMEOUT))).filter(d -> !d.isZero());
  }

  /** The least journal that brings about a snapshot, bytes. */
  public int snapshotMinBytes() {
    return (Integer) value(Setting.SNAPSHOT_MIN_BYTES);
  }

  /** The live page and HTTP interface; empty where they are switched off. */
  public Optional<HttpConfig> http() {
    return (Boolean) value(Setting.HTTP_ENABLED)
        ? Optional.of(
            new HttpConfig(
                string(Setting.HTTP_HOST),
                (Integer) value(Setting.HTTP_PORT),
                Optional.of(string(Setting.HTTP_TOKEN)).filter(t -> !t.isEmpty())))
        : Optional.empty();
  }

  /** The models of labelled samples, by name. */
  public List<ModelConfig> models() {
    return models;
  }

  /**
   * The model of a name.
   *
   * @throws UserException naming the models that there are
   */
  public ModelConfig model(String name) {
    return models.stream()
        .filter(m -> m.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "no model '%s' in the configuration; there are: %s"
                        .formatted(name, models.stream().map(ModelConfig::name).toList())));
  }

  /** Whether series are forecast. */
  public boolean forecasting() {
    return (Boolean) value(Setting.FORECASTING);
  }

  /**
   * Checks that series are forecast.
   *
   * @throws UserException if that is switched off
   */
  public void requireForecasting() {
    if (!forecasting()) {
      throw new UserException(
          "%s is false, so there are no series here; choose a model with --model, or switch it on"
              .formatted(Setting.FORECASTING));
    }
  }

  /** The part of the configuration that the forecaster is made of. */
  public ForecastSettings forecast() {
    String interval = string(Setting.INTERVAL);
    ForecastSettings settings =
        new ForecastSettings(
            (Integer) value(Setting.HORIZON),
            (Integer) value(Setting.CONTEXT),
            interval.isEmpty() ? Optional.empty() : Optional.of(Durations.parse(interval)),
            Durations.parse(string(Setting.LATENESS)),
            (Integer) value(Setting.BATCH_SIZE),
            (Integer) value(Setting.COVARIATES),
            (Integer) value(Setting.KNOWN_FUTURE),
            (Long) value(Setting.SEED));
    return settings
        .withSeasons(Setting.integers(string(Setting.SEASONS)))
        .withMaxSeries((Integer) value(Setting.MAX_SERIES))
        .withPaths((Integer) value(Setting.SAMPLE_PATHS));
  }

  /**
   * Properties for Kafka's clients and Kafka Streams: what stands under {@code kafka.}, without
   * that prefix.
   */
  public Map<String, Object> kafkaProperties() {
    Map<String, Object> kafka = new TreeMap<>();
    given.forEach(
        (name, text) -> {
          if (name.startsWith(KAFKA)) {
            kafka.put(name.substring(KAFKA.length()), text);
          }
        });
    kafka.put("bootstrap.servers", bootstrapServers());
    return kafka;
  }

  /**
   * Those of {@link #kafkaProperties} that concern any Kafka client: without Kafka Streams'
   * prefixes for its inner ones.
   */
  public Map<String, Object> clientProperties() {
    Map<String, Object> client = kafkaProperties();
    client.keySet().removeIf(name -> STREAMS_ONLY.matcher(name).lookingAt());
    return client;
  }

  /** The registry's address as it may be shown. */
  public String shownRegistryUrl() {
    return Secrets.maskUserInfo(registryUrl());
  }

  /**
   * Properties for the schema-registry client: what stands under {@code schema.registry.}, as the
   * client names it.
   */
  public Map<String, Object> registryProperties() {
    Map<String, Object> registry = new TreeMap<>();
    given.forEach(
        (name, text) -> {
          if (name.startsWith(REGISTRY)) {
            registry.put(name, text);
          }
        });
    registry.put(Setting.REGISTRY_URL, registryUrl());
    return registry;
  }

  /** Settings as given, defaults left out, secrets and all: for handing on, not for showing. */
  public Map<String, String> given() {
    return given;
  }

  /** Settings as given, defaults left out, secrets masked: safe to log. */
  public Map<String, String> masked() {
    Map<String, String> shown = new TreeMap<>();
    given.forEach(
        (name, text) ->
            shown.put(name, Secrets.isSecret(name) ? Secrets.MASK : Secrets.maskUserInfo(text)));
    return shown;
  }

  /** The reference of all settings as a Markdown table. */
  public static String reference() {
    return markdown(Setting.TABLE);
  }

  /** The reference of a model's settings as a Markdown table. */
  public static String modelReference() {
    return markdown(ModelSetting.table());
  }

  private static String markdown(ConfigDef table) {
    StringBuilder out =
        new StringBuilder(
            "| setting | type | default | limits | meaning |\n|---|---|---|---|---|\n");
    for (ConfigKey key : table.configKeys().values()) {
      out.append(
          "| `%s` | %s | %s | %s | %s |%n"
              .formatted(
                  key.name,
                  key.type.name().toLowerCase(Locale.ROOT),
                  standard(key),
                  key.validator == null ? "" : key.validator.toString().replace("|", "\\|"),
                  key.documentation.replace("|", "\\|")));
    }
    return out.toString();
  }

  private static String standard(ConfigKey key) {
    if (key.defaultValue == null) {
      return "(recipe)";
    }
    if (key.defaultValue == ConfigDef.NO_DEFAULT_VALUE) {
      return "(needed)";
    }
    String text = key.defaultValue.toString().replace(System.getProperty("user.home"), "~");
    return text.isEmpty() ? "(empty)" : "`" + text + "`";
  }

  static ConfigDef table() {
    return Setting.TABLE;
  }

  private String string(String name) {
    return (String) value(name);
  }

  private Object value(String name) {
    Object value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("setting '" + name + "' is not in the table");
    }
    return value;
  }
}
