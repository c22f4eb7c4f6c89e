package io.tidecast.bench.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** Measurements of the engine. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Measure forecasts, engine and service: against other methods, against the floor, on"
            + " published tables, from end to end.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidecast bench forecasting --data DIR --baselines results.csv",
      "  tidecast bench service --inputs 1000000 --series 200",
      "  tidecast bench speed --json speed.json",
      "  tidecast bench memory --steps 100000",
      "  tidecast bench inference --data DIR --blocks 100",
      "  tidecast bench uci --data DIR --sets concrete,energy",
      "  tidecast bench ood --csv mnist10k.csv.gz --label-column label --withhold 8,9"
          + " --config examples/config/labelled-samples.yaml --model mnist-conv"
    },
    subcommands = {
      ForecastingCommand.class,
      InferenceCommand.class,
      ServiceCommand.class,
      SpeedCommand.class,
      MemoryCommand.class,
      UciCommand.class,
      OodCommand.class,
      HelpCommand.class
    })
public final class BenchCommand {}
