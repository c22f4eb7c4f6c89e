package io.tidecast.bench.speed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The same step in PyTorch eager mode, in a Python that has it.
 *
 * @param python the interpreter
 * @param version of its PyTorch
 */
record PyTorch(String python, String version) {
  private static final List<String> USUAL = List.of("python3", "/usr/bin/python3", "python");

  /**
   * Looks for an interpreter with PyTorch.
   *
   * @param wanted the only one to try; empty for those that are usually there
   */
  static Optional<PyTorch> find(Optional<String> wanted) {
    return tried(wanted).stream()
        .flatMap(
            python ->
                run(python, List.of("-c", "import torch; print(torch.__version__)"))
                    .map(version -> new PyTorch(python, version))
                    .stream())
        .findFirst();
  }

  /** The interpreters that {@link #find} looks at. */
  static List<String> tried(Optional<String> wanted) {
    return wanted.map(List::of).orElse(USUAL);
  }

  /** Milliseconds that a tenth of the steps keep below, or empty if it fails. */
  OptionalDouble stepMillis(Point point, double seconds) throws IOException {
    Path script = Files.createTempFile("tidecast-step", ".py");
    try (InputStream in =
        Objects.requireNonNull(PyTorch.class.getResourceAsStream("step.py"), "step.py")) {
      Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
      List<String> arguments =
          List.of(
              script.toString(),
              String.valueOf(point.inputs()),
              point.widths(),
              String.valueOf(2 * Point.TARGETS),
              String.valueOf(point.draws()),
              String.valueOf(point.batch()),
              String.valueOf(seconds));
      return run(python, arguments).stream().mapToDouble(Double::parseDouble).findFirst();
    } finally {
      Files.delete(script);
    }
  }

  private static Optional<String> run(String python, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(python));
    command.addAll(arguments);
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? Optional.of(output) : Optional.empty();
    } catch (IOException noPython) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
