package io.tidecast.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The children of a platform, noted in its folder. After a SIGKILL of the parent they need a moment
 * to end, and hold ports and files until then.
 */
record Leftovers(Path folder) {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  static Leftovers in(Path root) throws IOException {
    return new Leftovers(Files.createDirectories(root.resolve("children")));
  }

  void note(String name, ProcessHandle child) throws IOException {
    Files.writeString(folder.resolve(name), child.pid() + " " + startedAt(child));
  }

  void awaitEnd() throws IOException {
    List<Path> notes;
    try (Stream<Path> files = Files.list(folder)) {
      notes = files.toList();
    }
    for (Path note : notes) {
      String[] pidAndStart = Files.readString(note).split(" ", 2);
      // A process id is used again one day; with the time of its start it names one process.
      ProcessHandle.of(Long.parseLong(pidAndStart[0]))
          .filter(process -> startedAt(process).equals(pidAndStart[1]))
          .ifPresent(Leftovers::awaitEndOf);
      Files.delete(note);
    }
  }

  private static void awaitEndOf(ProcessHandle child) {
    try {
      child.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      child.destroyForcibly();
      child.onExit().join();
    } catch (ExecutionException e) {
      throw new PlatformException("cannot wait for process " + child.pid(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PlatformException("interrupted while waiting for process " + child.pid(), e);
    }
  }

  private static String startedAt(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("");
  }
}
