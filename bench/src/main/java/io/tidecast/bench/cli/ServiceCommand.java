package io.tidecast.bench.cli;

import io.tidecast.app.cli.JsonOption;
import io.tidecast.app.config.ConfigSources;
import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.service.KafkaTopics;
import io.tidecast.bench.cluster.Instance;
import io.tidecast.bench.service.Burst;
import io.tidecast.bench.service.ServiceBenchmark;
import io.tidecast.bench.service.ServiceReport;
import io.tidecast.platform.LocalPlatform;
import io.tidecast.platform.LocalPlatformSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A burst through a whole service. */
@Command(
    name = "service",
    mixinStandardHelpOptions = true,
    description =
        "Send a burst of generated inputs to a service with a local Kafka of its own, from end to"
            + " end: rate, memory, bytes written, and how long a new process takes that has nothing"
            + " on its disk.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidecast bench service --inputs 1000000 --series 200 --json service.json",
      "  tidecast bench service --config examples/config/labelled-samples.yaml --model fast"
    })
final class ServiceCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--inputs",
      paramLabel = "N",
      defaultValue = "100000",
      description = "Inputs to send; default ${DEFAULT-VALUE}.")
  private int inputs;

  @Option(
      names = "--series",
      paramLabel = "N",
      defaultValue = "4",
      description = "Series that the observations are of; default ${DEFAULT-VALUE}.")
  private int series;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "Configuration of the service; its brokers and registry are not used.")
  private @Nullable Path file;

  @Option(
      names = {"-s", "--set"},
      paramLabel = "NAME=VALUE",
      description = "One setting of the service; may be repeated.")
  private Map<String, String> given = new LinkedHashMap<>();

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "Send labelled samples to this model of --config instead of observations.")
  private @Nullable String model;

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (inputs < 1000 || series < 1) {
      throw new ParameterException(
          spec.commandLine(),
          "expected --inputs of at least 1000 and --series of at least 1, got %d and %d"
              .formatted(inputs, series));
    }
    json.check();
    PrintWriter out = spec.commandLine().getOut();
    Path folder = Files.createTempDirectory("tidecast-service-");
    try (LocalPlatform platform = LocalPlatform.start(LocalPlatformSettings.temporary())) {
      Map<String, String> settings = settings(platform);
      ConfigSources sources = new ConfigSources();
      if (file != null) {
        sources.file(file);
      }
      TidecastConfig config =
          sources.flags(settings).flag("state-dir", folder.resolve("state")).load();
      if (model == null) {
        config.requireForecasting();
      }
      Burst burst =
          model == null ? new Burst.Observations(series) : new Burst.Samples(config.model(model));
      try (KafkaTopics topics = KafkaTopics.connect(config)) {
        topics.ensure(stage -> {});
      }
      Instance instance =
          new Instance(
              "service",
              folder,
              List.of(),
              file == null ? List.of() : List.of("--config", file.toAbsolutePath().toString()),
              settings);
      ServiceReport report =
          new ServiceBenchmark(
                  config,
                  instance,
                  line -> {
                    out.println(line);
                    out.flush();
                  })
              .run(burst, inputs);
      print(out, report);
      json.write(report);
    } finally {
      Instance.delete(folder);
    }
    return 0;
  }

  private Map<String, String> settings(LocalPlatform platform) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("application-id", "bench");
    if (file == null) {
      settings.put("topics.partitions", "1");
      settings.put("forecast.interval", "1m");
    }
    settings.putAll(given);
    settings.put("kafka.bootstrap.servers", platform.bootstrapServers());
    settings.put("schema.registry.url", platform.registryUrl());
    return settings;
  }

  private static void print(PrintWriter out, ServiceReport r) {
    out.printf(
        Locale.ROOT,
        "%n%,d inputs: sent at %,.0f a second, learned at %,.0f a second (a burst of %.0f times);"
            + " %.0f µs of its processor time for each; refused %d, rebalances %d%n",
        r.inputs(),
        r.sentPerSecond(),
        r.learnedPerSecond(),
        r.burst(),
        r.cpuMicrosPerInput(),
        r.refused(),
        r.rebalances());
    out.printf(
        Locale.ROOT,
        "memory: %,.0f MiB at the end, %.2f times that after the first fifth; at most %,.0f MiB%n",
        r.memoryMiB().get(r.memoryMiB().size() - 1),
        r.growth(),
        r.largestMemoryMiB());
    out.printf(
        Locale.ROOT,
        "written: journals %,d bytes, snapshots %,d bytes, %.2f times the larger%n",
        r.journalBytes(),
        r.snapshotBytes(),
        r.writtenRatio());
    out.printf(
        Locale.ROOT,
        "restart with an empty disk: ready after %.1f s, of which the slowest learner %.1f s;"
            + " %,d inputs replayed%n",
        r.restartSeconds(),
        r.restoreSeconds(),
        r.replayed());
    out.flush();
  }
}
