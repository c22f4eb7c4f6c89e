package io.tidecast.app.cli;

import io.tidecast.app.UserException;
import io.tidecast.app.config.ConfigSources;
import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.feed.Feed;
import io.tidecast.app.feed.MachineLoadFeed;
import io.tidecast.app.feed.ObservationProducer;
import io.tidecast.app.http.LivePage;
import io.tidecast.app.service.TidecastService;
import io.tidecast.platform.LocalPlatform;
import io.tidecast.platform.LocalPlatformSettings;
import io.tidecast.platform.PlatformException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Everything at once: broker, registry, service and a feed. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Start a broker, a schema registry and the service, feed them, and show the forecasts."
            + " Nothing to install.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidecast demo                                   this machine's own load, until Ctrl-C",
      "  tidecast demo --csv load.csv.gz --time-column date --columns OT,HUFL \\",
      "      --interval 1h --duration 120s --json out.json",
      "  tidecast demo --data-dir ./data                 keep the data; start again to go on"
    })
public final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private FeedOptions feedOptions = new FeedOptions();
  @Mixin private ForecastOptions forecastOptions = new ForecastOptions();
  @Mixin private ConfigOptions configOptions = new ConfigOptions();

  @Option(
      names = "--duration",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description =
          "Stop feeding after this time, e.g. 60s; default: at the end of the file, or never.")
  private @Nullable Duration duration;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Folder to keep the data in; started again with it, the demo goes on. Default: a"
              + " temporary one.")
  private @Nullable Path dataDir;

  @Option(
      names = "--port",
      paramLabel = "P",
      description = "Port of the live page; default: any free one, whose address is printed.")
  private @Nullable Integer port;

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() throws InterruptedException {
    json.check();
    Terminal terminal = new Terminal(spec.commandLine().getOut());
    try (StopSignal stop = new StopSignal();
        Feed feed = feedOptions.open()) {
      // Everything that the user may have mistyped is found before anything is started.
      TidecastConfig checked = config("127.0.0.1:1", "http://127.0.0.1:1", Path.of("."));
      checked.requireForecasting();
      terminal.stage("feed: " + feedOptions.description());
      LocalPlatformSettings settings =
          new LocalPlatformSettings(Optional.ofNullable(dataDir), 1, false, terminal::stage);
      try (LivePage page = LivePage.open(checked, terminal::stage);
          LocalPlatform platform = LocalPlatform.start(settings)) {
        terminal.stage(
            "Kafka at %s, schema registry at %s"
                .formatted(platform.bootstrapServers(), platform.registryUrl()));
        TidecastConfig config =
            config(
                platform.bootstrapServers(),
                platform.registryUrl(),
                platform.dataDir().resolve("state"));
        try (TidecastService service = TidecastService.start(config, terminal::stage);
            ObservationProducer producer = new ObservationProducer(config);
            ForecastBoard board = new ForecastBoard(config)) {
          if (page != null) {
            page.attach(service, config);
          }
          if (dataDir != null) {
            producer.resume(config);
          }
          DemoReport report =
              new DemoRun(
                      terminal, service, feed, producer, board, stop, Optional.ofNullable(duration))
                  .run();
          report.lines().forEach(terminal::stage);
          json.write(report);
        }
        terminal.stage("stopping");
      } catch (PlatformException e) {
        throw new UserException(String.valueOf(e.getMessage()), e);
      }
      terminal.stage("stopped");
      return 0;
    }
  }

  private TidecastConfig config(String bootstrapServers, String registryUrl, Path stateDir) {
    ConfigSources sources = configOptions.sources();
    forecastOptions.addTo(sources, feedOptions.isCsv() ? null : MachineLoadFeed.INTERVAL);
    return sources
        .standard("topics.partitions", "1")
        .standard("http.port", "0")
        .flag("http.port", port == null ? null : port.toString())
        .flag("kafka.bootstrap.servers", bootstrapServers)
        .flag("schema.registry.url", registryUrl)
        .flag("state-dir", stateDir)
        .load();
  }
}
