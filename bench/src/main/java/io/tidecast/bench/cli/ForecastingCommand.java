package io.tidecast.bench.cli;

import io.tidecast.bench.forecasting.ForecastingBench;
import io.tidecast.bench.forecasting.ForecastingBench.OnlineLine;
import io.tidecast.bench.forecasting.ForecastingBench.SeriesLine;
import io.tidecast.bench.forecasting.Verdict;
import io.tidecast.engine.device.ComputeDevice;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The learner on recorded series, beside what simple methods reached there. */
@Command(
    name = "forecasting",
    mixinStandardHelpOptions = true,
    description =
        "Forecast the recorded series test-then-train, beside the figures of simple methods, and"
            + " say which bars hold. With --online: the online protocol of the literature too.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidecast bench forecasting --data DIR --baselines results.csv --json forecasting.json",
      "  tidecast bench forecasting --data DIR --baselines results.csv --series ETTh1,taxi"
    })
final class ForecastingCommand extends MeasuringCommand {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Folder with the recorded series as CSV files, plain or .gz.")
  private Path data = Path.of(".");

  @Option(
      names = "--baselines",
      required = true,
      paramLabel = "FILE",
      description = "What simple methods reached: CSV with dataset, series, model, horizon, ncrps.")
  private Path baselines = Path.of(".");

  @Option(
      names = "--series",
      split = ",",
      paramLabel = "PART",
      description = "Series whose dataset/column name has one of these parts; default: all.")
  private List<String> series = List.of();

  @Option(names = "--online", description = "The online protocol too; takes long.")
  private boolean online;

  @Option(
      names = "--context",
      paramLabel = "N",
      defaultValue = "96",
      description = "Observations that the network looks back on; default ${DEFAULT-VALUE}.")
  private int context;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed; default ${DEFAULT-VALUE}.")
  private long seed;

  @Override
  Object measure(ComputeDevice opened) {
    PrintWriter out = spec().commandLine().getOut();
    ForecastingBench.Report report =
        new ForecastingBench(opened)
            .run(
                new ForecastingBench.Options(data, baselines, series, context, seed, online),
                new PrintedProgress(spec().commandLine().getErr()));
    out.printf(
        "%-38s %7s %7s %7s %7s %7s %6s %6s %6s %6s %8s%n",
        "series", "nCRPS", "better", "ratio", "/last", "network", "50 %", "80 %", "90 %", "95 %",
        "per s");
    report.results().forEach(line -> out.println(row(line)));
    for (OnlineLine line : report.online()) {
      out.printf(
          Locale.ROOT,
          "%-38s horizon %2d   MSE %.4f   published %s   %.0f observations/s%n",
          line.dataset(),
          line.horizon(),
          line.mse(),
          line.published() == null ? "-" : line.published().toString(),
          line.observationsPerSecond());
    }
    for (Verdict verdict : report.verdicts()) {
      out.printf(
          Locale.ROOT,
          "%-6s %.4f  %s%n",
          verdict.holds() ? "holds" : "FAILS",
          verdict.reached(),
          verdict.bar());
    }
    return report;
  }

  private static String row(SeriesLine line) {
    return String.format(
        Locale.ROOT,
        "%-38s %7.4f %7.4f %7.4f %7.4f %7.4f %6.3f %6.3f %6.3f %6.3f %8.0f",
        line.dataset() + "/" + line.series(),
        line.ncrps(),
        line.better(),
        line.ratio(),
        line.ratioToLastValue(),
        line.networkRatio(),
        line.cov50(),
        line.cov80(),
        line.cov90(),
        line.cov95(),
        line.originsPerSecond());
  }
}
