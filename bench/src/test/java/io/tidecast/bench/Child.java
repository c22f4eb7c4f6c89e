package io.tidecast.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidecast.app.Tidecast;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Tidecast in a process of its own, which can be interrupted as by Ctrl-C. */
final class Child implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final Path out;
  private List<ProcessHandle> descendants = List.of();

  private Child(Process process, Path out) {
    this.process = process;
    this.out = out;
  }

  static Child start(Path folder, List<String> arguments) throws IOException {
    Path out = Files.createTempFile(folder, "child", ".out");
    List<String> command = new ArrayList<>();
    // Whoever starts the build in the background hands on that SIGINT is to be ignored.
    command.addAll(List.of("env", "--default-signal=INT"));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dai.djl.offline=true",
            "-DOPT_OUT_TRACKING=true",
            "-Dstdout.encoding=UTF-8",
            "-Dfile.encoding=UTF-8",
            "-Dtidecast.log=" + folder.resolve("child-log"),
            "-Dtidecast.platform.home=" + System.getProperty("tidecast.platform.home"),
            "-cp",
            System.getProperty("java.class.path"),
            Tidecast.class.getName()));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
    builder.environment().put("OMP_WAIT_POLICY", "passive");
    return new Child(builder.start(), out);
  }

  /** What it has printed so far. */
  String text() {
    try {
      // The last character may be half written.
      return new String(Files.readAllBytes(out), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it has printed something. */
  void await(String text) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> text().contains(text) || !process.isAlive());
    assertThat(text()).contains(text);
  }

  /** Ctrl-C; its exit code. */
  int interrupt() throws IOException, InterruptedException {
    descendants = process.descendants().toList();
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("still running after SIGINT:\n" + text());
    }
    return process.exitValue();
  }

  /** Processes that it had started before it was interrupted and that are still alive. */
  List<ProcessHandle> descendants() {
    return descendants.stream().filter(ProcessHandle::isAlive).toList();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
