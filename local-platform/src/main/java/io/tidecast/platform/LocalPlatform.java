package io.tidecast.platform;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A Kafka cluster and a schema registry on loopback ports, each server a child process. Whatever
 * happens to this process, its children do not outlive it. The servers' jars lie in the folder that
 * the system property {@code tidecast.platform.home} names.
 *
 * <pre>{@code
 * try (LocalPlatform platform = LocalPlatform.start(LocalPlatformSettings.temporary())) {
 *   connect(platform.bootstrapServers(), platform.registryUrl());
 * }
 * }</pre>
 */
public final class LocalPlatform implements AutoCloseable {
  private final DataFolder data;
  private final Addresses addresses;
  private final Optional<PlatformSecurity> security;
  private final List<PlatformProcess> brokers;
  private final PlatformProcess registry;

  private LocalPlatform(DataFolder data, LocalPlatformSettings settings) throws IOException {
    this.data = data;
    this.addresses = Addresses.in(data.root(), settings.brokers(), settings.progress());
    this.security =
        settings.secured() ? Optional.of(PlatformSecurity.in(data.root())) : Optional.empty();
    Servers servers =
        new Servers(
            PlatformHome.fromSystemProperty(), data, addresses, security, settings.progress());
    List<PlatformProcess> all = new ArrayList<>();
    for (int id = 1; id <= settings.brokers(); id++) {
      all.add(servers.broker(id));
    }
    this.brokers = List.copyOf(all);
    this.registry = servers.registry();
  }

  /**
   * Starts all servers at once and returns when each of them answers.
   *
   * @throws PlatformException if one cannot be started, or the data folder is in use; nothing is
   *     left running then
   */
  public static LocalPlatform start(LocalPlatformSettings settings) {
    DataFolder data = DataFolder.open(settings.dataDir());
    LocalPlatform platform;
    try {
      platform = new LocalPlatform(data, settings);
    } catch (IOException e) {
      data.close();
      throw new PlatformException(
          "data folder %s: cannot be prepared: %s".formatted(data.root(), e), e);
    } catch (RuntimeException e) {
      data.close();
      throw e;
    }
    try {
      inParallel(platform.processes(), PlatformProcess::start);
      return platform;
    } catch (RuntimeException e) {
      try {
        platform.close();
      } catch (RuntimeException atClose) {
        e.addSuppressed(atClose);
      }
      throw e;
    }
  }

  /** Kafka's {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return addresses.brokers().stream()
        .map(port -> Ports.HOST + ":" + port)
        .collect(Collectors.joining(","));
  }

  /** The Confluent client's {@code schema.registry.url}. */
  public String registryUrl() {
    return Servers.registryUrl(addresses, security.isPresent());
  }

  /** Users, passwords and certificates of a secured platform; empty for an open one. */
  public Optional<PlatformSecurity> security() {
    return security;
  }

  /** Folder of data and logs; gone after {@link #close()} if it is temporary. */
  public Path dataDir() {
    return data.root();
  }

  /** The brokers, number n at index n-1. */
  public List<PlatformProcess> brokers() {
    return brokers;
  }

  /** Starts the brokers that do not run, all at once: one alone has no quorum to come up with. */
  public void startBrokers() {
    inParallel(brokers.stream().filter(b -> !b.isAlive()).toList(), PlatformProcess::start);
  }

  /** The schema registry. */
  public PlatformProcess registry() {
    return registry;
  }

  /** Stops all servers and removes temporary data; data that is thrown away is not written out. */
  @Override
  public void close() {
    try {
      inParallel(processes(), data.isTemporary() ? PlatformProcess::kill : PlatformProcess::stop);
    } finally {
      data.close();
    }
  }

  private List<PlatformProcess> processes() {
    List<PlatformProcess> all = new ArrayList<>(brokers);
    all.add(registry);
    return all;
  }

  /** Runs an action on all processes at once; the first failure interrupts the others. */
  private static void inParallel(
      List<PlatformProcess> processes, Consumer<PlatformProcess> action) {
    ExecutorService threads = Executors.newFixedThreadPool(processes.size());
    try {
      CompletionService<Void> completion = new ExecutorCompletionService<>(threads);
      for (PlatformProcess process : processes) {
        completion.submit(() -> action.accept(process), null);
      }
      for (int i = 0; i < processes.size(); i++) {
        completion.take().get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof PlatformException fault) {
        throw fault;
      }
      throw new PlatformException("local platform: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PlatformException("local platform: interrupted", e);
    } finally {
      threads.shutdownNow();
      awaitEnd(threads);
    }
  }

  /** Waits even if interrupted: files may be removed only when no server holds them any more. */
  private static void awaitEnd(ExecutorService threads) {
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = threads.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
