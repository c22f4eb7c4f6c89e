package io.tidecast.bench.cli;

import io.tidecast.bench.supervised.UciBenchmark;
import io.tidecast.bench.supervised.UciResult;
import io.tidecast.engine.device.ComputeDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Regression tables with their official splits, beside published figures. */
@Command(
    name = "uci",
    mixinStandardHelpOptions = true,
    description =
        "Train a network with one hidden layer of 50 units on the official splits of the regression"
            + " tables, beside published figures.",
    footerHeading = "%nExamples:%n",
    footer = {"  tidecast bench uci --data DIR --sets concrete --splits 5"})
final class UciCommand extends MeasuringCommand {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Folder with uci_NAME.csv[.gz] and uci_NAME.splits.json.gz.")
  private Path data = Path.of(".");

  @Option(names = "--sets", split = ",", paramLabel = "NAME", description = "Tables; default: all.")
  private List<String> sets = UciBenchmark.allSets();

  @Option(
      names = "--splits",
      paramLabel = "N",
      defaultValue = "20",
      description = "Splits per table at most; default ${DEFAULT-VALUE}.")
  private int splits;

  @Override
  Object measure(ComputeDevice opened) throws IOException {
    UciBenchmark.Options standard = UciBenchmark.defaults(data);
    UciBenchmark.Options options =
        new UciBenchmark.Options(
            data,
            sets,
            splits,
            standard.steps(),
            standard.rate(),
            standard.omega(),
            standard.network(),
            standard.seed());
    return Map.of(
        "results",
        UciBenchmark.run(
            options, opened, this::print, new PrintedProgress(spec().commandLine().getErr())));
  }

  private void print(UciResult r) {
    spec()
        .commandLine()
        .getOut()
        .println(
            String.format(
                Locale.ROOT,
                "%-18s RMSE %.3f ± %.3f (median of published %.3f)   log-likelihood %.3f ± %.3f"
                    + " (%.3f)   %d splits, %.0f s",
                r.dataset(),
                r.rmse(),
                r.rmseError(),
                r.medianRmse(),
                r.logLikelihood(),
                r.logLikelihoodError(),
                r.medianLogLikelihood(),
                r.splits(),
                r.seconds()));
  }
}
