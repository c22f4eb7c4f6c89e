package io.tidecast.bench.cli;

import picocli.CommandLine.Option;

/** How far the forecaster's network looks back. */
final class ContextOption {
  @Option(
      names = "--context",
      paramLabel = "N",
      defaultValue = "96",
      description = "Observations that the network looks back on; default ${DEFAULT-VALUE}.")
  private int context;

  int context() {
    return context;
  }
}
