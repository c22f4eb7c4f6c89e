package io.tidecast.app.cli;

import io.tidecast.app.UserException;
import io.tidecast.app.config.ModelConfig;
import io.tidecast.app.config.TidecastConfig;
import io.tidecast.engine.device.ComputeDevice;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a configuration takes, before it runs. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description =
        "Say what a configuration takes: weights, memory, changelog bytes, and how fast it learns"
            + " on this machine, by a short measurement. Needs no Kafka.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidecast plan                                     the standard settings, 4 series",
      "  tidecast plan --config tidecast.yaml --series 1000 --every 1m --json plan.json",
      "  tidecast plan --config examples/config/labelled-samples.yaml --model mnist-conv",
      "  tidecast plan --set topics.partitions=8 --set forecast.horizon=48 --series 20000"
    })
public final class PlanCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions configOptions = new ConfigOptions();
  @Mixin private JsonOption json = new JsonOption();

  @Option(
      names = "--series",
      paramLabel = "N",
      defaultValue = "4",
      description = "Series of all partitions together; default ${DEFAULT-VALUE}.")
  private long series;

  @Option(
      names = "--every",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "How often each series is observed; default: forecast.interval, if it is set.")
  private @Nullable Duration every;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "Plan this model of labelled samples instead of the forecaster.")
  private @Nullable String model;

  @Option(
      names = "--measure",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "How long to measure; default 3s.")
  private Duration measure = Duration.ofSeconds(3);

  @Override
  public Integer call() {
    if (series < 1 || measure.isZero() || (every != null && every.isZero())) {
      throw new ParameterException(
          spec.commandLine(), "expected --series of at least 1, --measure and --every above 0s");
    }
    json.check();
    Terminal terminal = new Terminal(spec.commandLine().getErr());
    TidecastConfig config = configOptions.load();
    ModelConfig of = model == null ? null : config.model(model);
    if (of == null) {
      config.requireForecasting();
    }
    PlanMeasurement measurement = PlanMeasurement.begin();
    try (ComputeDevice device =
        ComputeDevice.open(config.device(), config.requireGpu(), config.engineThreads())) {
      terminal.stage("measuring on " + device.description());
      if (of == null) {
        Plan plan = measurement.run(config, device, series, every, measure, terminal::stage);
        tell(plan.lines(), plan);
      } else {
        ModelPlan plan = measurement.run(config, of, device, measure, terminal::stage);
        tell(plan.lines(), plan);
      }
      return 0;
    } catch (IllegalStateException e) {
      throw new UserException(String.valueOf(e.getMessage()), e);
    }
  }

  private void tell(List<String> lines, Object plan) {
    lines.forEach(spec.commandLine().getOut()::println);
    json.write(plan);
  }
}
