package io.tidecast.bench.cluster;

import io.tidecast.app.Tidecast;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One service process, and what can be done to it. Not thread-safe. */
public final class Instance {
  private static final List<String> INHERITED =
      List.of("ai.djl.offline", "OPT_OUT_TRACKING", "tidecast.platform.home");

  private final String name;
  private final Path folder;
  private final List<String> java;
  private final List<String> arguments;
  private final Map<String, String> settings;
  private Path stateDir;
  private @Nullable Process process;

  /**
   * An instance that has not been started.
   *
   * @param folder for its log and state
   * @param java options of its virtual machine
   * @param arguments of {@code tidecast run}, ahead of its settings
   * @param settings but for the state folder and the port
   */
  public Instance(
      String name,
      Path folder,
      List<String> java,
      List<String> arguments,
      Map<String, String> settings) {
    this.name = name;
    this.folder = folder;
    this.java = java;
    this.arguments = arguments;
    this.settings = settings;
    this.stateDir = folder.resolve("state-" + name);
  }

  /** Starts it, unless it runs. */
  public void start() {
    Process current = process;
    if (current != null && current.isAlive()) {
      return;
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.addAll(java);
    for (String property : INHERITED) {
      command.add("-D" + property + "=" + System.getProperty(property, "true"));
    }
    command.addAll(
        List.of(
            "-Dtidecast.log=" + folder.resolve("log-" + name),
            "-Dtidecast.console.level=INFO",
            "-cp",
            System.getProperty("java.class.path"),
            Tidecast.class.getName(),
            "run"));
    command.addAll(arguments);
    Map<String, String> all = new TreeMap<>(settings);
    all.put("state-dir", stateDir.toString());
    all.put("http.port", "0");
    all.forEach((setting, value) -> command.addAll(List.of("--set", setting + "=" + value)));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()));
    builder.environment().put("OMP_WAIT_POLICY", "passive");
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("instance " + name + " cannot be started", e);
    }
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** What it has printed, over all its lives. */
  public Path output() {
    return folder.resolve("output-" + name + ".txt");
  }

  /** The process's id; 0 where it has never been started. */
  public long pid() {
    return process == null ? 0 : process.pid();
  }

  /** How many lines it has printed that contain a text, over all its lives. */
  public long lines(String text) {
    try (Stream<String> lines = Files.lines(output())) {
      return lines.filter(line -> line.contains(text)).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it as a failing machine would. */
  public void kill() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
  }

  /** Asks it to end, as an operator would. */
  public void stop() throws InterruptedException {
    if (process != null) {
      process.destroy();
      if (!process.waitFor(40, TimeUnit.SECONDS)) {
        kill();
      }
    }
  }

  /** Stops its clock, until {@link #goOn}. */
  public void pause() {
    onProcess("kill", "-STOP");
  }

  /** Lets it run on. */
  public void goOn() {
    onProcess("kill", "-CONT");
  }

  /** Lets it write no byte to any file, or again as many as it likes. */
  public void limitFiles(String bytes) {
    onProcess("prlimit", "--fsize=" + bytes, "--pid");
  }

  /** Deletes its local state. */
  public void deleteState() {
    delete(stateDir);
  }

  /** Deletes a folder, where it is there. */
  public static void delete(Path folder) {
    try (Stream<Path> files = Files.exists(folder) ? Files.walk(folder) : Stream.empty()) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Overwrites the middle of each state file with noise. */
  public void corruptState(Random random) {
    try (Stream<Path> files = Files.exists(stateDir) ? Files.walk(stateDir) : Stream.empty()) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        for (int i = bytes.length / 4; i < bytes.length * 3 / 4; i++) {
          bytes[i] = (byte) random.nextInt();
        }
        Files.write(file, bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives each the other's local state. */
  public static void swapState(Instance a, Instance b) {
    Path ofA = a.stateDir;
    a.stateDir = b.stateDir;
    b.stateDir = ofA;
  }

  private void onProcess(String... command) {
    Process current = process;
    if (current == null) {
      throw new IllegalStateException(name + " has not been started");
    }
    List<String> all = new ArrayList<>(List.of(command));
    all.add(Long.toString(current.pid()));
    try {
      int status = new ProcessBuilder(all).inheritIO().start().waitFor();
      if (status != 0) {
        throw new IllegalStateException("%s ended with %d".formatted(all, status));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(all + " cannot be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
