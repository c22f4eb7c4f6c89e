package io.tidecast.app.cli;

import io.tidecast.app.config.ModelConfig;
import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.feed.Feed;
import io.tidecast.app.feed.ObservationProducer;
import io.tidecast.app.feed.Reading;
import io.tidecast.app.feed.RecordProducer;
import io.tidecast.app.feed.SampleCsv;
import io.tidecast.app.service.KafkaTopics;
import io.tidecast.schemas.Topics;
import io.tidecast.schemas.avro.LabeledSample;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
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
    description = {
      "Write a CSV file, or this machine's own load, to the observations topic.",
      "With --model: a CSV file of samples, one a row, to the topic of that model."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidecast produce --bootstrap-server 127.0.0.1:9092 --registry http://127.0.0.1:8081",
      "  tidecast produce --csv load.csv --columns OT --speed 100",
      "  tidecast produce --config labelled.yaml --model elec2 --csv elec2.csv.gz --label-column"
          + " class"
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

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "Model of labelled samples that the rows of --csv are for.")
  private @Nullable String model;

  @Option(
      names = "--label-column",
      paramLabel = "COLUMN",
      description = "Column with the label, with --model; without it the samples have none.")
  private @Nullable String labelColumn;

  @Override
  public Integer call() throws InterruptedException {
    json.check();
    Terminal terminal = new Terminal(spec.commandLine().getOut());
    TidecastConfig config = configOptions.load();
    return model == null
        ? observations(config, terminal)
        : samples(config, config.model(model), terminal);
  }

  private int samples(TidecastConfig config, ModelConfig wanted, Terminal terminal)
      throws InterruptedException {
    try (StopSignal stop = new StopSignal();
        SampleCsv csv = feedOptions.samples(wanted, labelColumn)) {
      Topics topics;
      try (KafkaTopics kafka = configOptions.connect(spec, config)) {
        kafka.ensure(terminal::stage);
        topics = KafkaTopics.topics(config);
      }
      try (RecordProducer<LabeledSample> producer =
          new RecordProducer<>(config, topics.samples(wanted.topics()))) {
        send(
            "samples",
            terminal,
            stop,
            producer::sent,
            producer::flush,
            () -> {
              Optional<LabeledSample> sample = csv.next();
              sample.ifPresent(s -> producer.send(s.getStreamId(), s));
              return sample.isPresent();
            });
      }
      return 0;
    }
  }

  private int observations(TidecastConfig config, Terminal terminal) throws InterruptedException {
    config.requireForecasting();
    try (StopSignal stop = new StopSignal();
        Feed feed = feedOptions.open()) {
      try (KafkaTopics kafka = configOptions.connect(spec, config)) {
        kafka.ensure(terminal::stage);
      }
      try (ObservationProducer producer = new ObservationProducer(config)) {
        if (resume) {
          producer.resume(config);
        }
        send(
            "observations",
            terminal,
            stop,
            producer::sent,
            producer::flush,
            () -> {
              List<Reading> readings = feed.next();
              producer.send(readings);
              return !readings.isEmpty();
            });
      }
      return 0;
    }
  }

  /** Sends the next of what there is; false: nothing is left. */
  private interface Step {
    boolean send() throws InterruptedException;
  }

  /** Sends until nothing is left, the time is up or the user ends it, and says how far it is. */
  private void send(
      String what, Terminal terminal, StopSignal stop, LongSupplier sent, Runnable flush, Step next)
      throws InterruptedException {
    terminal.stage("producing %s".formatted(feedOptions.description()));
    long began = System.nanoTime();
    long reported = began;
    while (!stop.isRequested()
        && (duration == null || System.nanoTime() - began < duration.toNanos())
        && next.send()) {
      if (System.nanoTime() - reported > REPORT_NANOS) {
        reported = System.nanoTime();
        terminal.stage("%,d %s produced".formatted(sent.getAsLong(), what));
      }
    }
    flush.run();
    terminal.stage("%,d %s produced and acknowledged".formatted(sent.getAsLong(), what));
    json.write(Map.of(what, sent.getAsLong(), "seconds", (System.nanoTime() - began) / 1e9));
  }
}
