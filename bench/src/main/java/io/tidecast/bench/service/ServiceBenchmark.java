package io.tidecast.bench.service;

import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.feed.ThisMachine;
import io.tidecast.app.service.KafkaTopics;
import io.tidecast.bench.cluster.Backlog;
import io.tidecast.bench.cluster.Instance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import oshi.software.os.OSProcess;

/**
 * Sends a burst to a service, watches it learn, then kills it and starts it again on an empty disk.
 */
public final class ServiceBenchmark {
  private static final String READY = "ready: learning";
  private static final Pattern RESTORED =
      Pattern.compile("learner ready: .*?, (\\d+) of them replayed .* in (\\d+) ms");
  private static final int TENTHS = 10;
  private static final double MEBI = 1 << 20;
  private static final int STANDSTILL_SECONDS = 120;

  private final TidecastConfig config;
  private final Instance instance;
  private final Consumer<String> progress;
  private double largest;

  /**
   * A benchmark.
   *
   * @param config where brokers and registry are, as the instance has it
   * @param instance of the service, not started
   * @param progress told each tenth
   */
  public ServiceBenchmark(TidecastConfig config, Instance instance, Consumer<String> progress) {
    this.config = config;
    this.instance = instance;
    this.progress = progress;
  }

  /**
   * Runs it.
   *
   * @throws IllegalStateException if the service ends, or learns nothing for two minutes
   */
  public ServiceReport run(Burst burst, int inputs) throws InterruptedException {
    try {
      start();
      String topic = burst.topic(KafkaTopics.topics(config));
      long cpuBefore = cpuMillis();
      long began = System.nanoTime();
      CompletableFuture<Double> sending =
          CompletableFuture.supplyAsync(
              () -> {
                burst.send(config, inputs);
                return seconds(began);
              });
      List<Double> memory = watch(topic, inputs, sending);
      double learned = seconds(began);
      long cpu = cpuMillis() - cpuBefore;
      Scrape figures = Scrape.of(instance);
      long rebalances = instance.lines("RUNNING -> REBALANCING");

      instance.kill();
      instance.deleteState();
      int before = restored().size();
      long restarted = System.nanoTime();
      start();
      double restartSeconds = seconds(restarted);
      List<Restored> again = restored().stream().skip(before).toList();
      return new ServiceReport(
          inputs,
          inputs / sending.join(),
          inputs / learned,
          1e3 * cpu / inputs,
          (long) figures.sum("tidecast_observations_refused_total"),
          memory,
          largest,
          rebalances,
          (long) figures.sum("tidecast_journal_written_bytes_total"),
          (long) figures.sum("tidecast_snapshot_written_bytes_total"),
          restartSeconds,
          again.stream().mapToLong(Restored::replayed).sum(),
          again.stream().mapToLong(Restored::millis).max().orElse(0) / 1e3);
    } finally {
      instance.stop();
    }
  }

  private void start() throws InterruptedException {
    long before = Files.exists(instance.output()) ? instance.lines(READY) : 0;
    instance.start();
    await(() -> instance.lines(READY) > before);
  }

  /** Until everything is committed. Returns the memory at each tenth. */
  private List<Double> watch(String topic, int inputs, CompletableFuture<Double> sending)
      throws InterruptedException {
    long began = System.nanoTime();
    List<Double> memory = new ArrayList<>();
    long learned = 0;
    long moved = System.nanoTime();
    while (learned < inputs) {
      TimeUnit.SECONDS.sleep(1);
      requireAlive();
      if (sending.isCompletedExceptionally()) {
        throwFailure(sending);
      }
      double resident = residentMiB();
      largest = Math.max(largest, resident);
      long now = committed(topic);
      if (now > learned) {
        learned = now;
        moved = System.nanoTime();
      } else if (seconds(moved) > STANDSTILL_SECONDS) {
        throw new IllegalStateException(
            "nothing learned for %d s after %,d inputs; see %s"
                .formatted(STANDSTILL_SECONDS, learned, instance.output()));
      }
      while (memory.size() < TENTHS * learned / inputs) {
        memory.add(resident);
        progress.accept(
            String.format(
                Locale.ROOT,
                "%3d %%: %,.0f a second so far, %,.0f MiB",
                TENTHS * memory.size(),
                learned / seconds(began),
                resident));
      }
    }
    return memory;
  }

  /** Inputs committed so far. */
  private long committed(String topic) {
    return Backlog.of(config, topic).map(Backlog::committed).orElse(0L);
  }

  private static void throwFailure(CompletableFuture<Double> sending) {
    try {
      sending.join();
    } catch (CompletionException | CancellationException e) {
      throw new IllegalStateException("the burst could not be sent: " + e.getMessage(), e);
    }
  }

  private void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      requireAlive();
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private void requireAlive() {
    if (!instance.isAlive()) {
      throw new IllegalStateException("the service has ended; see " + instance.output());
    }
  }

  private double residentMiB() {
    OSProcess process = process();
    return process == null ? 0 : process.getResidentSetSize() / MEBI;
  }

  private long cpuMillis() {
    OSProcess process = process();
    return process == null ? 0 : process.getUserTime() + process.getKernelTime();
  }

  private @Nullable OSProcess process() {
    return ThisMachine.system().getOperatingSystem().getProcess((int) instance.pid());
  }

  private record Restored(long replayed, long millis) {}

  private List<Restored> restored() {
    List<Restored> all = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(instance.output())) {
        Matcher m = RESTORED.matcher(line);
        if (m.find()) {
          all.add(new Restored(Long.parseLong(m.group(1)), Long.parseLong(m.group(2))));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}
