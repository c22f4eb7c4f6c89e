package io.tidecast.bench.chaos;

import io.tidecast.app.UserException;
import io.tidecast.app.config.ConfigSources;
import java.util.List;
import java.util.Map;

/** Settings that must stop the start with an error that names them. */
final class BadSettings {
  static final List<Map.Entry<String, String>> ALL =
      List.of(
          Map.entry("forecast.horizon", "0"),
          Map.entry("forecast.horizon", "many"),
          Map.entry("forecast.context", "-1"),
          Map.entry("forecast.interval", "-1m"),
          Map.entry("forecast.interval", "soon"),
          Map.entry("forecast.allowed-lateness", "late"),
          Map.entry("forecast.batch-size", "0"),
          Map.entry("forecast.covariates", "-1"),
          Map.entry("topics.partitions", "0"),
          Map.entry("topics.prefix", "two words"),
          Map.entry("application-id", "a/b"),
          Map.entry("engine.device", "abacus"),
          Map.entry("state.snapshot-min-bytes", "1"),
          Map.entry("forecast.horzon", "24"));

  private BadSettings() {}

  /** Those that were not refused by name. */
  static List<String> accepted() {
    return ALL.stream().filter(s -> !isRefused(s)).map(Map.Entry::toString).toList();
  }

  private static boolean isRefused(Map.Entry<String, String> setting) {
    try {
      new ConfigSources().flag(setting.getKey(), setting.getValue()).load();
      return false;
    } catch (UserException e) {
      return e.faults().stream().anyMatch(fault -> fault.contains(setting.getKey()));
    }
  }
}
