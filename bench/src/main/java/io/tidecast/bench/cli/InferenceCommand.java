package io.tidecast.bench.cli;

import io.tidecast.bench.inference.InferenceComparison;
import io.tidecast.engine.device.ComputeDevice;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Ours beside other methods of inference, on the same networks and data. */
@Command(
    name = "inference",
    mixinStandardHelpOptions = true,
    description =
        "Compare with Bayes by backprop, IVON, MC dropout, a deep ensemble and plain Adam: same"
            + " network, same order of data, same number of gradient evaluations, each at the best"
            + " of five learning rates, chosen on the first quarter, which is not scored.",
    footerHeading = "%nExamples:%n",
    footer = {"  tidecast bench inference --data DIR --blocks 100 --json inference.json"})
final class InferenceCommand extends MeasuringCommand {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Folder with ETTh1.csv.gz and exchange_rate.csv.gz.")
  private Path data = Path.of(".");

  @Option(
      names = "--blocks",
      paramLabel = "N",
      description = "Blocks of data per set at most; default: all.")
  private int blocks = Integer.MAX_VALUE;

  @Option(
      names = "--averaging",
      paramLabel = "SHARE",
      defaultValue = "1",
      description =
          "Share of the newest means in the means that predictions are drawn around, of all methods"
              + " but our low-rank and mixture families; default ${DEFAULT-VALUE}: the newest.")
  private double averaging;

  @Option(
      names = "--only",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Run the methods alone whose names contain this, e.g. IVON; default: all.")
  private String only = "";

  @Mixin private SeedOption seed = new SeedOption();

  @Override
  Object measure(ComputeDevice opened) throws IOException {
    InferenceComparison.Options standard = InferenceComparison.Options.defaults(data);
    return new InferenceComparison(opened)
        .run(
            new InferenceComparison.Options(
                data,
                standard.gradients(),
                blocks,
                standard.scoreEvery(),
                standard.warmup(),
                averaging,
                only,
                seed.seed()),
            System.out,
            new PrintedProgress(spec().commandLine().getErr()));
  }
}
