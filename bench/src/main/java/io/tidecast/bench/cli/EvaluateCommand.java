package io.tidecast.bench.cli;

import io.tidecast.app.UserException;
import io.tidecast.app.cli.DurationConverter;
import io.tidecast.app.config.ModelConfig;
import io.tidecast.bench.forecasting.Evaluate;
import io.tidecast.bench.forecasting.EvaluationLine;
import io.tidecast.bench.supervised.ConfiguredTable;
import io.tidecast.bench.supervised.LabelledEvaluation;
import io.tidecast.bench.supervised.LabelledResult;
import io.tidecast.bench.supervised.LabelledTable;
import io.tidecast.engine.device.ComputeDevice;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Test-then-train on a CSV file, without Kafka. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description =
        "Forecast each row of a CSV file, then learn from it, and print the scores beside those of"
            + " simple methods. With --labels: predict each labelled row, then learn from it.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidecast evaluate --csv load.csv.gz --time-column date --columns OT,HUFL --interval 1h"
          + " --json out.json",
      "  tidecast evaluate --csv load.csv --columns OT --limit 5000 --picture bands.svg",
      "  tidecast evaluate --labels --csv elec2.csv.gz --label-column class",
      "  tidecast evaluate --labels --csv mnist10k.csv.gz --label-column label"
          + " --config examples/config/labelled-samples.yaml --model mnist-conv --adam"
    })
final class EvaluateCommand extends MeasuringCommand {
  private static final long PERCENT = 100;

  @Option(
      names = "--csv",
      required = true,
      paramLabel = "FILE",
      description = "CSV file, plain or .gz.")
  private Path csv = Path.of("");

  @Option(
      names = "--time-column",
      paramLabel = "COLUMN",
      description = "Column with the time; default: the first one.")
  private @Nullable String timeColumn;

  @Option(
      names = "--columns",
      split = ",",
      paramLabel = "COLUMN",
      description = "Series, or features with --labels; default: all others.")
  private List<String> columns = List.of();

  @Option(
      names = "--interval",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "Interval of the grid, e.g. 15m, 1h; default: inferred.")
  private @Nullable Duration interval;

  @Option(
      names = "--horizon",
      paramLabel = "H",
      defaultValue = "24",
      description = "Lead times; default ${DEFAULT-VALUE}.")
  private int horizon;

  @Mixin private ContextOption context = new ContextOption();

  @Option(names = "--limit", paramLabel = "ROWS", description = "Rows read; default: all.")
  private int limit;

  @Option(
      names = "--warmup",
      paramLabel = "FRACTION",
      defaultValue = "0.25",
      description = "Share of the rows that is learned but not scored; default ${DEFAULT-VALUE}.")
  private double warmup;

  @Mixin private SeedOption seed = new SeedOption();

  @Option(
      names = "--picture",
      paramLabel = "OUT.svg",
      description = "Draw bands against truth into this file.")
  private @Nullable Path picture;

  @Option(names = "--labels", description = "The file holds labelled samples, one a row.")
  private boolean labels;

  @Option(
      names = "--label-column",
      paramLabel = "COLUMN",
      description = "Column with the label; needed with --labels.")
  private @Nullable String labelColumn;

  @Mixin private ModelOption model = new ModelOption();

  @Option(
      names = "--adam",
      description =
          "With --labels: the same network under plain Adam beside it, and where the model predicts"
              + " around averaged means around Adam's too.")
  private boolean adam;

  @Override
  Object measure(ComputeDevice opened) throws IOException {
    if (!Files.isRegularFile(csv)) {
      throw new UserException("%s: no such file".formatted(csv));
    }
    return labels ? labelled(opened) : forecasts(opened);
  }

  private Object forecasts(ComputeDevice opened) {
    Evaluate.Report report =
        new Evaluate(opened)
            .run(
                new Evaluate.Options(
                    csv,
                    timeColumn,
                    columns,
                    Optional.ofNullable(interval),
                    horizon,
                    context.context(),
                    limit,
                    warmup,
                    seed.seed(),
                    picture),
                new PrintedProgress(spec().commandLine().getErr()));
    PrintWriter out = spec().commandLine().getOut();
    out.printf(
        "%-20s %-16s %8s %8s %8s %8s %6s %6s %6s %6s%n",
        "series", "model", "horizon", "CRPS", "nCRPS", "MAE", "50 %", "80 %", "90 %", "95 %");
    for (EvaluationLine l : report.results()) {
      out.println(
          String.format(
              Locale.ROOT,
              "%-20s %-16s %8s %8.4f %8.4f %8.4f %6.3f %6.3f %6.3f %6.3f",
              l.series(),
              l.model(),
              l.horizon(),
              l.crps(),
              l.ncrps(),
              l.mae(),
              l.cov50(),
              l.cov80(),
              l.cov90(),
              l.cov95()));
    }
    return report;
  }

  private Object labelled(ComputeDevice opened) throws IOException {
    if (labelColumn == null) {
      throw new UserException("--labels needs --label-column, the column with the label");
    }
    int rows = limit == 0 ? Integer.MAX_VALUE : limit;
    LabelledEvaluation.Options options =
        new LabelledEvaluation.Options(
            csv, labelColumn, columns, List.of(), false, rows, warmup, adam, seed.seed());
    PrintedProgress progress = new PrintedProgress(spec().commandLine().getErr());
    progress.start("tidecast", PERCENT);
    DoubleConsumer told = share -> progress.done((long) (share * PERCENT));
    List<LabelledResult> results;
    Optional<ModelConfig> configured = model.chosen();
    if (configured.isEmpty()) {
      results = LabelledEvaluation.run(options, opened, told);
    } else {
      ModelConfig chosen = configured.get();
      LabelledTable table = ConfiguredTable.read(csv, chosen, labelColumn, columns, rows);
      results =
          LabelledEvaluation.run(
              table, chosen.settings().withSeed(seed.seed()), warmup, adam, opened, told);
    }
    progress.end();
    results.forEach(result -> spec().commandLine().getOut().println(LabelledLine.of(result)));
    return Map.of("results", results);
  }
}
