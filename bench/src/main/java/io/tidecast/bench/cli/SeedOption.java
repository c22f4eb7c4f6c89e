package io.tidecast.bench.cli;

import picocli.CommandLine.Option;

/** The seed of a measurement. */
final class SeedOption {
  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed; default ${DEFAULT-VALUE}.")
  private long seed;

  long seed() {
    return seed;
  }
}
