package io.tidecast.app.cli;

import io.tidecast.app.config.ModelConfig;
import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.service.KafkaTopics;
import io.tidecast.schemas.avro.Forecast;
import io.tidecast.schemas.avro.Prediction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Forecasts in the terminal, with bands. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description = {
      "Show the newest forecast of each series, with its 90 %% band, as they come.",
      "With --model: the newest prediction of each stream of labelled samples."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidecast watch --bootstrap-server 127.0.0.1:9092 --registry http://127.0.0.1:8081",
      "  tidecast watch --series 'pump-.*' --duration 60s --json newest.json",
      "  tidecast watch --config labelled.yaml --model fraud"
    })
public final class WatchCommand implements Callable<Integer> {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long PERIOD_NANOS = 1_000_000_000L;

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions configOptions = new ConfigOptions();
  @Mixin private JsonOption json = new JsonOption();

  @Option(
      names = "--series",
      paramLabel = "REGEX",
      description = "Show only series, or streams, whose name matches.")
  private @Nullable String series;

  @Option(
      names = "--most",
      paramLabel = "N",
      defaultValue = "20",
      description = "Show at most N of them; default ${DEFAULT-VALUE}.")
  private int most;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "Show the predictions of this model of labelled samples.")
  private @Nullable String model;

  @Option(
      names = "--duration",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "Stop after this time; default: at Ctrl-C.")
  private @Nullable Duration duration;

  @Override
  public Integer call() {
    json.check();
    Predicate<String> wanted = wanted();
    Terminal terminal = new Terminal(spec.commandLine().getOut());
    TidecastConfig config = configOptions.load();
    ModelConfig of = model == null ? null : config.model(model);
    if (of == null) {
      config.requireForecasting();
    }
    try (KafkaTopics kafka = configOptions.connect(spec, config)) {
      kafka.requireAll();
    }
    if (of == null) {
      forecasts(config, wanted, terminal);
    } else {
      predictions(config, of, wanted, terminal);
    }
    return 0;
  }

  private void forecasts(TidecastConfig config, Predicate<String> wanted, Terminal terminal) {
    terminal.stage(
        "watching '%s'; waiting for forecasts"
            .formatted(KafkaTopics.topics(config).forecasts().name()));
    try (ForecastBoard board = new ForecastBoard(config)) {
      watch(
          board::poll,
          board::forecasts,
          () -> terminal.draw(BandLines.of(newest(board, wanted), board.newestScores(), most)));
      terminal.stage("%,d forecasts seen".formatted(board.forecasts()));
      json.write(() -> result(board.forecasts(), newest(board, wanted)));
    }
  }

  private void predictions(
      TidecastConfig config, ModelConfig of, Predicate<String> wanted, Terminal terminal) {
    terminal.stage(
        "watching '%s'; waiting for predictions"
            .formatted(KafkaTopics.topics(config).predictions(of.topics()).name()));
    try (PredictionBoard board = new PredictionBoard(config, of)) {
      watch(
          board::poll,
          board::predictions,
          () ->
              terminal.draw(
                  PredictionLines.of(
                      newest(board, wanted), board.newestScores(), of.classNames(), most)));
      terminal.stage("%,d predictions seen".formatted(board.predictions()));
      json.write(() -> result(board.predictions(), newest(board, wanted)));
    }
  }

  private static List<Forecast> newest(ForecastBoard board, Predicate<String> wanted) {
    return board.newest().stream().filter(f -> wanted.test(f.getSeriesId())).toList();
  }

  private static List<Prediction> newest(PredictionBoard board, Predicate<String> wanted) {
    return board.newest().stream().filter(p -> wanted.test(p.getStreamId())).toList();
  }

  private static Map<String, Object> result(long seen, List<? extends SpecificRecord> newest) {
    return Map.of("seen", seen, "newest", newest.stream().map(JsonOption::fields).toList());
  }

  /** Draws once a second at most, when something has come. */
  private void watch(Consumer<Duration> poll, LongSupplier seen, Runnable draw) {
    try (StopSignal stop = new StopSignal()) {
      long began = System.nanoTime();
      long drawn = began;
      long drawnCount = 0;
      while (!stop.isRequested()
          && (duration == null || System.nanoTime() - began < duration.toNanos())) {
        poll.accept(POLL);
        if (System.nanoTime() - drawn > PERIOD_NANOS && seen.getAsLong() > drawnCount) {
          drawn = System.nanoTime();
          drawnCount = seen.getAsLong();
          draw.run();
        }
      }
    }
  }

  private Predicate<String> wanted() {
    if (series == null) {
      return s -> true;
    }
    try {
      return Pattern.compile(series).asMatchPredicate();
    } catch (PatternSyntaxException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--series '%s': not a regular expression: %s".formatted(series, e.getDescription()),
          e);
    }
  }
}
