package io.tidecast.app.e2e;

import io.tidecast.app.Tidecast;
import io.tidecast.app.config.TidecastConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code tidecast run} in a process of its own. */
final class ServiceProcess implements AutoCloseable {
  private final Process process;
  private final Path output;

  private ServiceProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static ServiceProcess start(String name, Path folder, TidecastConfig config, int heapMegabytes)
      throws IOException {
    Path output = folder.resolve(name + ".out");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx" + heapMegabytes + "m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-Dai.djl.offline=true",
            "-DOPT_OUT_TRACKING=true",
            "-Dtidecast.console.level=INFO",
            "-Dtidecast.log=" + folder.resolve(name),
            "-cp",
            System.getProperty("java.class.path"),
            Tidecast.class.getName(),
            "run",
            "--set",
            "state-dir=" + folder.resolve("state-" + name),
            "--set",
            "http.port=0"));
    config
        .given()
        .forEach(
            (setting, value) -> {
              if (!setting.equals("state-dir")) {
                command.addAll(List.of("--set", setting + "=" + value));
              }
            });
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    builder.environment().put("OMP_WAIT_POLICY", "passive");
    return new ServiceProcess(builder.start(), output);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** How many lines of its output contain a text. */
  long lines(String text) {
    return output().lines().filter(line -> line.contains(text)).count();
  }

  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Stops it as an operator would. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(40, TimeUnit.SECONDS)) {
      kill();
    }
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
