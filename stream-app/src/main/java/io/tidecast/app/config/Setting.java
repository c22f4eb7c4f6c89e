package io.tidecast.app.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;
import static org.apache.kafka.common.config.ConfigDef.Type.BOOLEAN;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import io.tidecast.engine.forecast.ForecastSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;

/** Every setting of Tidecast's own: name, type, default, limits and meaning in one table. */
final class Setting {
  static final String APPLICATION_ID = "application-id";
  static final String STATE_DIR = "state-dir";
  static final String BOOTSTRAP_SERVERS = "kafka.bootstrap.servers";
  static final String REGISTRY_URL = "schema.registry.url";
  static final String TOPICS_PREFIX = "topics.prefix";
  static final String TOPICS_CREATE = "topics.create";
  static final String TOPICS_PARTITIONS = "topics.partitions";
  static final String TOPICS_REPLICATION = "topics.replication-factor";
  static final String DEVICE = "engine.device";
  static final String REQUIRE_GPU = "engine.require-gpu";
  static final String THREADS = "engine.threads";
  static final String FORECASTING = "forecast.enabled";
  static final String HORIZON = "forecast.horizon";
  static final String CONTEXT = "forecast.context";
  static final String INTERVAL = "forecast.interval";
  static final String LATENESS = "forecast.allowed-lateness";
  static final String BATCH_SIZE = "forecast.batch-size";
  static final String BATCH_TIMEOUT = "forecast.batch-timeout";
  static final String COVARIATES = "forecast.covariates";
  static final String KNOWN_FUTURE = "forecast.known-future";
  static final String SEASONS = "forecast.seasons";
  static final String MAX_SERIES = "forecast.max-series";
  static final String SAMPLE_PATHS = "forecast.sample-paths";
  static final String SEED = "forecast.seed";
  static final String HTTP_ENABLED = "http.enabled";
  static final String HTTP_HOST = "http.host";
  static final String HTTP_PORT = "http.port";
  static final String HTTP_TOKEN = "http.token";
  static final String SNAPSHOT_MIN_BYTES = "state.snapshot-min-bytes";

  private static final Validator DURATION = duration(Duration.ZERO);

  static final ConfigDef TABLE =
      new ConfigDef()
          .define(
              APPLICATION_ID,
              STRING,
              "tidecast",
              matching("[A-Za-z0-9._-]{1,100}"),
              HIGH,
              "Name of this service in Kafka: consumer group, transactions and internal topics"
                  + " carry it. Instances of one name share the work.")
          .define(
              STATE_DIR,
              STRING,
              System.getProperty("user.home") + "/.tidecast/state",
              new NonEmptyString(),
              MEDIUM,
              "Folder for the local copies of the state stores. It may be lost: they are rebuilt"
                  + " from their changelogs.")
          .define(
              BOOTSTRAP_SERVERS,
              STRING,
              "127.0.0.1:9092",
              new NonEmptyString(),
              HIGH,
              "Kafka brokers, host:port, comma separated. Any other Kafka client or Kafka Streams"
                  + " property can be given under `kafka.` as well.")
          .define(
              REGISTRY_URL,
              STRING,
              "http://127.0.0.1:8081",
              new NonEmptyString(),
              HIGH,
              "Confluent-compatible schema registry. Its client's other properties can be given"
                  + " under `schema.registry.` too.")
          .define(
              TOPICS_PREFIX,
              STRING,
              "",
              matching("[A-Za-z0-9._-]{0,100}"),
              MEDIUM,
              "Put before the name of every topic.")
          .define(
              TOPICS_CREATE,
              BOOLEAN,
              true,
              MEDIUM,
              "Whether missing topics are created at the start. With false a missing topic stops"
                  + " the start.")
          .define(
              TOPICS_PARTITIONS,
              INT,
              4,
              between(1, 10_000),
              MEDIUM,
              "Partitions of topics that are created. One model learns from one partition of"
                  + " `observations`.")
          .define(
              TOPICS_REPLICATION,
              INT,
              -1,
              between(-1, 100),
              MEDIUM,
              "Replication factor of topics that are created; -1: the brokers' default.")
          .define(
              DEVICE,
              STRING,
              "auto",
              ValidString.in("cpu", "gpu", "auto"),
              MEDIUM,
              "Where the engine computes; auto: the GPU where there is one. The choice is logged in"
                  + " one line.")
          .define(
              REQUIRE_GPU,
              BOOLEAN,
              false,
              MEDIUM,
              "Stops the start where there is no GPU, instead of computing on the CPU.")
          .define(
              THREADS,
              INT,
              1,
              between(1, 1024),
              LOW,
              "Threads within one tensor operation. More than one pays off for large networks only;"
                  + " equal results on a CPU need equal threads.")
          .define(
              FORECASTING,
              BOOLEAN,
              true,
              MEDIUM,
              "Whether series are forecast. With false there are models of labelled samples alone,"
                  + " and no topics `observations`, `forecasts` and `scores` are needed.")
          .define(
              HORIZON,
              INT,
              24,
              between(1, 512),
              HIGH,
              "Lead times of a forecast, in intervals of the series.")
          .define(
              CONTEXT,
              INT,
              96,
              between(2, 4096),
              HIGH,
              "Observations that the network looks back on, in intervals of the series.")
          .define(
              INTERVAL,
              STRING,
              "",
              optional(duration(Duration.ofMillis(1))),
              HIGH,
              "Interval of the series' grid, e.g. 15m; empty: inferred for each series from its"
                  + " first observations.")
          .define(
              LATENESS,
              STRING,
              "1h",
              DURATION,
              MEDIUM,
              "How far behind the newest observation of its series an observation may be; later"
                  + " ones go to the dead letters.")
          .define(
              BATCH_SIZE,
              INT,
              64,
              between(1, 4096),
              MEDIUM,
              "Observations that make a mini-batch. It is cut earlier when each known series has"
                  + " one in it.")
          .define(
              BATCH_TIMEOUT,
              STRING,
              "100ms",
              DURATION,
              MEDIUM,
              "A mini-batch that has waited this long without a new observation is cut. 0s: never;"
                  + " then two runs over the same input cut alike.")
          .define(
              COVARIATES,
              INT,
              0,
              between(0, 1024),
              MEDIUM,
              "Observed covariates that each observation carries.")
          .define(
              KNOWN_FUTURE,
              INT,
              0,
              between(0, 1024),
              MEDIUM,
              "Covariates known ahead (weather forecasts, holidays) that each observation carries"
                  + " for every lead time.")
          .define(
              SEASONS,
              STRING,
              "",
              optional(seasons()),
              MEDIUM,
              "Seasons in intervals, shortest first, e.g. 24,168 for hours; empty: a day and a"
                  + " week, as the interval allows, or what is found in each series.")
          .define(
              MAX_SERIES,
              INT,
              100_000,
              between(1, 10_000_000),
              LOW,
              "Series that a partition takes on; a further one goes to the dead letters. Each takes"
                  + " about 190 kB at 24 lead times.")
          .define(
              SAMPLE_PATHS,
              INT,
              0,
              between(0, 1_000),
              LOW,
              "Joint sample paths over all lead times in each forecast; 0: none.")
          .define(
              SEED,
              LONG,
              1L,
              LOW,
              "Seed of all random numbers. Same seed, same input, same results on a CPU.")
          .define(
              HTTP_ENABLED,
              BOOLEAN,
              true,
              MEDIUM,
              "Whether the service has a live page, an HTTP interface, health checks and metrics.")
          .define(
              HTTP_HOST,
              STRING,
              "127.0.0.1",
              new NonEmptyString(),
              MEDIUM,
              "Address to listen on. The standard is this machine alone; set `http.token` before"
                  + " opening it to others, e.g. with 0.0.0.0.")
          .define(
              HTTP_PORT,
              INT,
              8600,
              between(0, 65_535),
              MEDIUM,
              "Port to listen on; 0: any free one.")
          .define(
              HTTP_TOKEN,
              STRING,
              "",
              matching("[!-~]{0,200}"),
              MEDIUM,
              "Token that the HTTP interface and the metrics ask for (`Authorization: Bearer"
                  + " TOKEN`); the page asks for it once. Empty: none. Health checks never need"
                  + " it.")
          .define(
              SNAPSHOT_MIN_BYTES,
              INT,
              262_144,
              between(1_024, 1_073_741_824),
              LOW,
              "A snapshot is written when the journal has grown to its size and to this many bytes,"
                  + " or when a restart would take longer than a second to learn it again.");

  private Setting() {}

  static Validator duration(Duration least) {
    return LambdaValidator.with(
        (name, value) -> {
          Duration d;
          try {
            d = Durations.parse((String) value);
          } catch (IllegalArgumentException e) {
            throw new ConfigException(name, value, e.getMessage());
          }
          if (d.compareTo(least) < 0) {
            throw new ConfigException(name, value, "must be at least " + Durations.format(least));
          }
        },
        () -> "duration, at least " + Durations.format(least));
  }

  private static Validator seasons() {
    String expected = "numbers from 2 to 4096, ascending, comma separated";
    return LambdaValidator.with(
        (name, value) -> {
          try {
            ForecastSettings.checkSeasons(integers((String) value));
          } catch (IllegalArgumentException e) {
            throw new ConfigException(name, value, "must be " + expected);
          }
        },
        () -> expected);
  }

  /** Numbers, comma separated; none where the text is empty. */
  static List<Integer> integers(String text) {
    return text.isBlank()
        ? List.of()
        : Arrays.stream(text.split(",", -1)).map(n -> Integer.valueOf(n.strip())).toList();
  }

  private static Validator optional(Validator inner) {
    return LambdaValidator.with(
        (name, value) -> {
          if (!((String) value).isEmpty()) {
            inner.ensureValid(name, value);
          }
        },
        () -> "empty or " + inner);
  }

  static Validator matching(String regex) {
    return LambdaValidator.with(
        (name, value) -> {
          if (!((String) value).matches(regex)) {
            throw new ConfigException(name, value, "must match " + regex);
          }
        },
        () -> "matching " + regex);
  }
}
