package io.tidecast.app.cli;

import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.feed.Feed;
import io.tidecast.app.feed.ObservationProducer;
import io.tidecast.app.feed.Reading;
import io.tidecast.app.service.KafkaTopics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A CSV file or this machine's load to the observations topic. */
@Command(
    name = "produce",
    mixinStandardHelpOptions = true,
    description = "Write a CSV file, or this machine's own load, to the observations topic.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidecast produce --bootstrap-server 127.0.0.1:9092 --registry http://127.0.0.1:8081",
      "  tidecast produce --csv load.csv --columns OT --speed 100"
    })
public final class ProduceCommand implements Callable<Integer> {
  private static final long REPORT_NANOS = 2_000_000_000L;

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions configOptions = new ConfigOptions();
  @Mixin private FeedOptions feedOptions = new FeedOptions();
  @Mixin private JsonOption json = new JsonOption();

  @Option(
      names = "--duration",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "Stop after this time; default: at the end of the file, or never.")
  private @Nullable Duration duration;

  @Option(names = "--resume", description = "Leave out what is already in the topic.")
  private boolean resume;

  @Override
  public Integer call() throws InterruptedException {
    json.check();
    Terminal terminal = new Terminal(spec.commandLine().getOut());
    TidecastConfig config = configOptions.load();
    try (StopSignal stop = new StopSignal();
        Feed feed = feedOptions.open()) {
      try (KafkaTopics kafka = configOptions.connect(spec, config)) {
        kafka.ensure(terminal::stage);
      }
      try (ObservationProducer producer = new ObservationProducer(config)) {
        if (resume) {
          producer.resume(config);
        }
        terminal.stage("producing %s".formatted(feedOptions.description()));
        long began = System.nanoTime();
        long reported = began;
        List<Reading> readings = feed.next();
        while (!readings.isEmpty()
            && !stop.isRequested()
            && (duration == null || System.nanoTime() - began < duration.toNanos())) {
          producer.send(readings);
          if (System.nanoTime() - reported > REPORT_NANOS) {
            reported = System.nanoTime();
            terminal.stage("%,d observations produced".formatted(producer.sent()));
          }
          readings = feed.next();
        }
        producer.flush();
        terminal.stage("%,d observations produced and acknowledged".formatted(producer.sent()));
        json.write(
            Map.of("observations", producer.sent(), "seconds", (System.nanoTime() - began) / 1e9));
      }
      return 0;
    }
  }
}
