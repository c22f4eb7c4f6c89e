package io.tidecast.bench.cli;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.tidecast.app.UserException;
import io.tidecast.app.config.ModelConfig;
import io.tidecast.bench.supervised.ConfiguredTable;
import io.tidecast.bench.supervised.LabelledTable;
import io.tidecast.bench.supervised.OodBenchmark;
import io.tidecast.bench.supervised.OodResult;
import io.tidecast.engine.device.ComputeDevice;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Images unlike those that were learned. */
@Command(
    name = "ood",
    mixinStandardHelpOptions = true,
    description =
        "Learn images of some classes, then tell images of other classes, turned images and noise"
            + " from them by the uncertainty of their predictions: areas under the ROC, beside the"
            + " same network under plain Adam.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidecast bench ood --csv mnist10k.csv.gz --label-column label --withhold 8,9"
          + " --config examples/config/labelled-samples.yaml --model mnist-conv"
    })
final class OodCommand extends MeasuringCommand {
  private static final long PERCENT = 100;

  @Option(
      names = "--csv",
      required = true,
      paramLabel = "FILE",
      description = "CSV file of images, one a row, plain or .gz.")
  private Path csv = Path.of("");

  @Option(
      names = "--label-column",
      required = true,
      paramLabel = "COLUMN",
      description = "Column with the class.")
  private String labelColumn = "";

  @Option(
      names = "--withhold",
      split = ",",
      paramLabel = "CLASS",
      description = "Classes that are not learned: their names, or their indices; default: none.")
  private List<String> withheld = List.of();

  @Option(
      names = "--limit",
      paramLabel = "ROWS",
      defaultValue = "2147483647",
      description = "Rows read; default: all.")
  private int limit;

  @Mixin private ModelOption model = new ModelOption();

  @Option(
      names = "--seeds",
      split = ",",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seeds, each of which learns once; default ${DEFAULT-VALUE}.")
  private List<Long> seeds = List.of();

  @Override
  Object measure(ComputeDevice opened) {
    ModelConfig chosen =
        model
            .chosen()
            .orElseThrow(() -> new UserException("give the model of the images by --config"));
    LabelledTable table = ConfiguredTable.read(csv, chosen, labelColumn, List.of(), limit);
    PrintedProgress progress = new PrintedProgress(spec().commandLine().getErr());
    progress.start("learning with and without a posterior", PERCENT);
    List<OodResult> results;
    try {
      results =
          OodBenchmark.run(
              table,
              chosen.settings(),
              seeds,
              withheld(chosen),
              opened,
              share -> progress.done((long) (share * PERCENT)));
    } catch (IllegalArgumentException e) {
      throw new UserException(String.valueOf(e.getMessage()), e);
    }
    progress.end();
    PrintWriter out = spec().commandLine().getOut();
    results.forEach(r -> out.println(line("seed " + r.seed(), List.of(r))));
    if (seeds.size() > 1) {
      results.stream()
          .collect(groupingBy(r -> r.model() + r.unlike(), LinkedHashMap::new, toList()))
          .values()
          .forEach(rows -> out.println(line("mean", rows)));
    }
    return Map.of("results", results);
  }

  private Set<Integer> withheld(ModelConfig chosen) {
    Set<Integer> indices = new LinkedHashSet<>();
    for (String name : withheld) {
      int named = chosen.classNames().indexOf(name);
      if (named < 0 && !name.matches("\\d{1,4}")) {
        throw new UserException(
            "--withhold %s: expected a class of model '%s': %s, or an index"
                .formatted(name, chosen.name(), chosen.classNames()));
      }
      indices.add(named >= 0 ? named : Integer.parseInt(name));
    }
    return indices;
  }

  /** The mean over rows of one model and kind. */
  private static String line(String of, List<OodResult> rows) {
    OodResult first = rows.get(0);
    return String.format(
        Locale.ROOT,
        "%-13s %-9s %-7s n %4d against %d   area by network entropy %.3f, pool entropy %.3f,"
            + " epistemic %.3f   accuracy %.3f",
        first.model(),
        first.unlike(),
        of,
        first.n(),
        first.against(),
        mean(rows, OodResult::entropy),
        mean(rows, OodResult::pooledEntropy),
        mean(rows, OodResult::epistemic),
        mean(rows, OodResult::accuracy));
  }

  private static double mean(List<OodResult> rows, ToDoubleFunction<OodResult> figure) {
    return rows.stream().mapToDouble(figure).average().orElseThrow();
  }
}
