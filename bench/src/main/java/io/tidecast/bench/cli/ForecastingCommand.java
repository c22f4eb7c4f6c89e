package io.tidecast.bench.cli;

import io.tidecast.bench.Progress;
import io.tidecast.bench.forecasting.ForecastingBench;
import io.tidecast.bench.forecasting.ForecastingBench.OnlineLine;
import io.tidecast.bench.forecasting.ForecastingBench.SeriesLine;
import io.tidecast.bench.forecasting.LearnerSpeed;
import io.tidecast.bench.forecasting.LearnerSpeed.SpeedLine;
import io.tidecast.bench.forecasting.Verdict;
import io.tidecast.engine.device.ComputeDevice;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      "  tidecast bench forecasting --data DIR --baselines results.csv --series ETTh1,taxi",
      "  tidecast bench forecasting --speed"
    })
final class ForecastingCommand extends MeasuringCommand {
  @ArgGroup(multiplicity = "1")
  private Subject subject = new Subject();

  @Option(
      names = "--series",
      split = ",",
      paramLabel = "PART",
      description = "Series whose dataset/column name has one of these parts; default: all.")
  private List<String> series = List.of();

  @Option(names = "--online", description = "The online protocol too; takes long.")
  private boolean online;

  @Mixin private ContextOption context = new ContextOption();

  @Mixin private SeedOption seed = new SeedOption();

  /** What to measure: accuracy on recorded series, or speed on generated ones. */
  private static final class Subject {
    @ArgGroup(exclusive = false)
    private Recorded recorded = new Recorded();

    @Option(
        names = "--speed",
        required = true,
        description = "Observations per second on generated series; needs no data.")
    private boolean speed;
  }

  private static final class Recorded {
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
        description =
            "What simple methods reached: CSV with dataset, series, model, horizon, ncrps.")
    private Path baselines = Path.of(".");
  }

  @Override
  Object measure(ComputeDevice opened) {
    PrintWriter out = spec().commandLine().getOut();
    Progress progress = new PrintedProgress(spec().commandLine().getErr());
    return subject.speed ? speed(opened, out, progress) : accuracy(opened, out, progress);
  }

  private static Object speed(ComputeDevice opened, PrintWriter out, Progress progress) {
    List<SpeedLine> lines = new LearnerSpeed(opened).run(progress);
    for (SpeedLine line : lines) {
      out.printf(
          Locale.ROOT,
          "%3d series: %6.0f observations/s, %6.0f per second of processor time (asked for %.0f)%n",
          line.series(),
          line.perSecond(),
          line.perProcessorSecond(),
          line.bar());
    }
    return Map.of("results", lines);
  }

  private Object accuracy(ComputeDevice opened, PrintWriter out, Progress progress) {
    Path data = subject.recorded.data;
    Path baselines = subject.recorded.baselines;
    ForecastingBench.Report report =
        new ForecastingBench(opened)
            .run(
                new ForecastingBench.Options(
                    data, baselines, series, context.context(), seed.seed(), online),
                progress);
    out.printf(
        "%-38s %7s %7s %7s %7s %7s %6s %6s %6s %6s %8s%n",
        "series", "nCRPS", "better", "ratio", "/last", "network", "50 %", "80 %", "90 %", "95 %",
        "per s");
    report.results().forEach(line -> out.println(row(line)));
    if (report.coldStart() != null) {
      out.printf(
          Locale.ROOT,
          "from a cold start, scored from the 300th step: %.4f of RLS+ACI (geometric mean)%n",
          report.coldStart());
    }
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
