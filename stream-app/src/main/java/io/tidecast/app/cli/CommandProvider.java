package io.tidecast.app.cli;

import java.util.List;

/**
 * Adds commands from another module on the class path, found by {@link java.util.ServiceLoader}.
 */
public interface CommandProvider {
  /** Objects annotated as picocli commands. */
  List<Object> commands();
}
