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
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The same step in PyTorch eager mode, where a Python with PyTorch is at hand. */
final class PyTorch {
  private final boolean present;

  PyTorch() {
    present = run(List.of("-c", "import torch")).isPresent();
  }

  boolean present() {
    return present;
  }

  /** Milliseconds per step, or empty without PyTorch. */
  OptionalDouble stepMillis(Point point, double seconds) throws IOException {
    if (!present) {
      return OptionalDouble.empty();
    }
    Path script = Files.createTempFile("tidecast-step", ".py");
    try (InputStream in =
        Objects.requireNonNull(PyTorch.class.getResourceAsStream("step.py"), "step.py")) {
      Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
      String hidden = point.hidden().stream().map(String::valueOf).collect(Collectors.joining(","));
      List<String> arguments =
          List.of(
              script.toString(),
              String.valueOf(Point.INPUTS),
              hidden,
              String.valueOf(2 * Point.TARGETS),
              String.valueOf(point.draws()),
              String.valueOf(point.batch()),
              String.valueOf(seconds));
      return run(arguments).stream().mapToDouble(Double::parseDouble).findFirst();
    } finally {
      Files.delete(script);
    }
  }

  private static java.util.Optional<String> run(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("python3"));
    command.addAll(arguments);
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? java.util.Optional.of(output) : java.util.Optional.empty();
    } catch (IOException noPython) {
      return java.util.Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return java.util.Optional.empty();
    }
  }
}
