package io.tidecast.bench.cli;

import io.tidecast.app.UserException;
import io.tidecast.app.config.ConfigSources;
import io.tidecast.app.config.ModelConfig;
import io.tidecast.app.config.TidecastConfig;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A model of labelled samples out of a configuration file. */
final class ModelOption {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description =
          "YAML file whose model says what the features, the network and the learning are.")
  private @Nullable Path config;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "Model of --config; needed where it has several.")
  private @Nullable String model;

  /**
   * The model; empty where no file was given.
   *
   * @throws UserException if the file has no such model, or several and none was chosen
   */
  Optional<ModelConfig> chosen() {
    if (config == null) {
      return Optional.empty();
    }
    TidecastConfig settings = new ConfigSources().file(config).load();
    if (model != null) {
      return Optional.of(settings.model(model));
    }
    if (settings.models().size() != 1) {
      throw new UserException(
          "%s: choose one of its models with --model: %s"
              .formatted(config, settings.models().stream().map(ModelConfig::name).toList()));
    }
    return Optional.of(settings.models().get(0));
  }
}
