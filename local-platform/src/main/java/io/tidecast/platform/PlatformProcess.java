package io.tidecast.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One server of the platform as a child process. It can be stopped, killed and started again, on
 * the same ports and with the same data. Safe for use by several threads.
 */
public final class PlatformProcess {
  private static final Duration TIME_TO_START = Duration.ofMinutes(3);
  private static final Duration TIME_TO_STOP = Duration.ofSeconds(20);
  private static final int POLL_MILLIS = 50;
  private static final int TAIL_LINES = 20;

  private final String name;
  private final List<String> command;
  private final Path log;
  private final Leftovers notes;
  private final BooleanSupplier answers;
  private final Consumer<String> progress;
  private volatile @Nullable Process process;

  PlatformProcess(
      String name,
      List<String> command,
      Path log,
      Leftovers notes,
      BooleanSupplier answers,
      Consumer<String> progress) {
    this.name = name;
    this.command = command;
    this.log = log;
    this.notes = notes;
    this.answers = answers;
    this.progress = progress;
  }

  /** Name in messages: {@code broker-1}, {@code registry}. */
  public String name() {
    return name;
  }

  /** File that takes the server's output. */
  public Path log() {
    return log;
  }

  /** Whether the process runs; it may not answer yet. */
  public boolean isAlive() {
    Process current = process;
    return current != null && current.isAlive();
  }

  /**
   * Process id of the running, or else of the last process.
   *
   * @throws IllegalStateException if it was never started
   */
  public long pid() {
    Process current = process;
    if (current == null) {
      throw new IllegalStateException(name + " was never started");
    }
    return current.pid();
  }

  /**
   * Starts the process if it does not run, and returns when it answers.
   *
   * @throws PlatformException if it ends or does not answer in time, with the end of its log
   */
  public synchronized void start() {
    if (isAlive()) {
      return;
    }
    progress.accept(name + " starting…");
    long begin = System.nanoTime();
    try {
      Process child =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      process = child;
      notes.note(name, child.toHandle());
      awaitAnswer(child, begin);
    } catch (IOException e) {
      throw new PlatformException("%s: cannot be started: %s".formatted(name, e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PlatformException(name + ": interrupted while it was starting", e);
    }
    progress.accept(
        String.format(Locale.ROOT, "%s ready in %.1f s", name, (System.nanoTime() - begin) / 1e9));
  }

  private void awaitAnswer(Process child, long begin) throws InterruptedException {
    while (!child.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
      if (answers.getAsBoolean()) {
        return;
      }
      if (System.nanoTime() - begin > TIME_TO_START.toNanos()) {
        throw new PlatformException(
            "%s: no answer within %d s; its log %s ends:%n%s"
                .formatted(name, TIME_TO_START.toSeconds(), log, tail()));
      }
    }
    throw new PlatformException(
        "%s: ended with status %d before it was ready; its log %s ends:%n%s"
            .formatted(name, child.exitValue(), log, tail()));
  }

  /** Asks the process to end and returns when it has; ends it by force after 20 s. */
  public synchronized void stop() {
    end(Process::destroy);
  }

  /** Ends the process at once, as a crash would (SIGKILL). */
  public synchronized void kill() {
    end(Process::destroyForcibly);
  }

  private void end(Consumer<Process> ending) {
    Process current = process;
    if (current == null) {
      return;
    }
    ending.accept(current);
    boolean interrupted = false;
    try {
      if (current.waitFor(TIME_TO_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    current.destroyForcibly().onExit().join();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private String tail() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join(
          System.lineSeparator(),
          lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + log, e);
    }
  }
}
