package io.tidecast.bench.chaos;

import io.tidecast.app.cli.CommandProvider;
import java.util.List;

/** Adds {@code tidecast chaos}. */
public final class ChaosCommands implements CommandProvider {
  @Override
  public List<Object> commands() {
    return List.of(new ChaosCommand());
  }
}
