package io.tidecast.app.cli;

import io.tidecast.app.config.ConfigSources;
import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.http.LivePage;
import io.tidecast.app.service.TidecastService;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The service against an existing Kafka. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description =
        "Run the service against an existing Kafka and schema registry, until it is stopped.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidecast run --bootstrap-server 127.0.0.1:9092 --registry http://127.0.0.1:8081",
      "  tidecast run --config tidecast.yaml --set forecast.horizon=48"
    })
public final class RunCommand implements Callable<Integer> {
  private static final Duration TICK = Duration.ofMillis(500);
  private static final long REPORT_NANOS = 30_000_000_000L;

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions configOptions = new ConfigOptions();
  @Mixin private ForecastOptions forecastOptions = new ForecastOptions();

  @Override
  public Integer call() throws InterruptedException {
    Terminal terminal = new Terminal(spec.commandLine().getOut());
    ConfigSources sources = configOptions.sources();
    forecastOptions.addTo(sources, null);
    TidecastConfig config = sources.load();
    config
        .masked()
        .forEach((name, value) -> terminal.stage("setting %s = %s".formatted(name, value)));
    try (StopSignal stop = new StopSignal();
        LivePage page = LivePage.open(config, terminal::stage);
        TidecastService service = TidecastService.start(config, terminal::stage)) {
      if (page != null) {
        page.attach(service, config);
      }
      boolean ready = false;
      long reported = System.nanoTime();
      while (!stop.isRequested() && !service.awaitStop(TICK)) {
        if (!ready && service.isReady()) {
          ready = true;
          terminal.stage(
              "ready: learning from '%s'".formatted(String.join("', '", service.inputTopics())));
        }
        if (System.nanoTime() - reported > REPORT_NANOS) {
          reported = System.nanoTime();
          Map<String, Long> refused = service.gauges().refused();
          terminal.stage(
              "%,d records learned%s"
                  .formatted(
                      service.gauges().accepted(),
                      refused.isEmpty() ? "" : ", refused: " + refused));
        }
      }
      terminal.stage("stopping");
    }
    return 0;
  }
}
