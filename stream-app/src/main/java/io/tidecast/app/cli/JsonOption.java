package io.tidecast.app.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command's result goes for a script. */
final class JsonOption {
  @Option(
      names = "--json",
      paramLabel = "OUT",
      description = "Write the result to this file too, as one JSON object.")
  private @Nullable Path file;

  /** To be called before the work whose result the file is to hold. */
  void check() {
    if (file != null) {
      JsonFile.checkWritable(file);
    }
  }

  void write(Object result) {
    if (file != null) {
      JsonFile.write(file, result);
    }
  }
}
