package io.tidecast.bench.cli;

import io.tidecast.app.cli.CommandProvider;
import io.tidecast.bench.chaos.ChaosCommand;
import java.util.List;

/** Adds {@code tidecast bench}, {@code tidecast evaluate} and {@code tidecast chaos}. */
public final class BenchCommands implements CommandProvider {
  @Override
  public List<Object> commands() {
    return List.of(new BenchCommand(), new EvaluateCommand(), new ChaosCommand());
  }
}
