package io.tidecast.app.cli;

import io.tidecast.app.config.ConfigSources;
import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.service.KafkaTopics;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options of every command that needs a configuration. */
final class ConfigOptions {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description =
          "YAML file with settings; environment variables TIDECAST_... go over it, flags over"
              + " both.")
  private @Nullable Path file;

  @Option(
      names = {"-s", "--set"},
      paramLabel = "NAME=VALUE",
      description = "One setting, e.g. --set forecast.horizon=48; may be repeated.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--bootstrap-server",
      paramLabel = "HOST:PORT",
      description = "Kafka brokers; stands for kafka.bootstrap.servers.")
  private @Nullable String bootstrapServers;

  @Option(
      names = "--registry",
      paramLabel = "URL",
      description = "Schema registry; stands for schema.registry.url.")
  private @Nullable String registry;

  ConfigSources sources() {
    ConfigSources sources = new ConfigSources();
    if (file != null) {
      sources.file(file);
    }
    return sources
        .environment(System.getenv())
        .flags(settings)
        .flag("kafka.bootstrap.servers", bootstrapServers)
        .flag("schema.registry.url", registry);
  }

  TidecastConfig load() {
    return sources().load();
  }

  /** Connects to Kafka, and says so where that takes a while. */
  KafkaTopics connect(CommandSpec spec, TidecastConfig config) {
    return Waiting.during(
        spec.commandLine().getErr(),
        "connecting to Kafka at " + config.bootstrapServers(),
        () -> KafkaTopics.connect(config));
  }
}
