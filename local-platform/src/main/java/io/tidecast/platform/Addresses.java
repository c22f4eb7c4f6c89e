package io.tidecast.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.common.Uuid;

/**
 * Identity and ports of a platform, kept with its data so that clients' configurations stay valid
 * when it is started again.
 *
 * @param clusterId Kafka's cluster id
 * @param brokers client ports, broker n at index n-1
 * @param controllers controller ports, likewise
 * @param registry port of the schema registry
 */
record Addresses(String clusterId, List<Integer> brokers, List<Integer> controllers, int registry) {
  private static final String FILE = "platform.properties";

  /** The addresses kept in a folder, or new ones that are kept from now on. */
  static Addresses in(Path folder, int brokers, Consumer<String> progress) {
    Path file = folder.resolve(FILE);
    Addresses addresses =
        read(file)
            .map(kept -> kept.checked(brokers, file).withTakenPortsReplaced(progress))
            .orElseGet(() -> fresh(brokers));
    addresses.write(file);
    return addresses;
  }

  private static Addresses fresh(int brokers) {
    List<Integer> ports = Ports.free(2 * brokers + 1);
    return new Addresses(
        Uuid.randomUuid().toString(),
        ports.subList(0, brokers),
        ports.subList(brokers, 2 * brokers),
        ports.get(2 * brokers));
  }

  private Addresses checked(int expected, Path file) {
    if (brokers.size() != expected) {
      throw new PlatformException(
          "%s: this data belongs to %d broker(s), not to %d; ask for as many, or use another folder"
              .formatted(file, brokers.size(), expected));
    }
    return this;
  }

  private Addresses withTakenPortsReplaced(Consumer<String> progress) {
    return new Addresses(
        clusterId,
        brokers.stream().map(port -> freeOrNew(port, "broker", progress)).toList(),
        controllers.stream().map(port -> freeOrNew(port, "controller", progress)).toList(),
        freeOrNew(registry, "registry", progress));
  }

  private static int freeOrNew(int port, String owner, Consumer<String> progress) {
    if (Ports.isFree(port)) {
      return port;
    }
    int replacement = Ports.free(1).get(0);
    progress.accept(
        "port %d of the %s is taken by another program: %d from now on"
            .formatted(port, owner, replacement));
    return replacement;
  }

  private static Optional<Addresses> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
    List<Integer> brokers = new ArrayList<>();
    List<Integer> controllers = new ArrayList<>();
    int count = number(properties, "brokers", file);
    for (int id = 1; id <= count; id++) {
      brokers.add(number(properties, "broker." + id + ".port", file));
      controllers.add(number(properties, "controller." + id + ".port", file));
    }
    return Optional.of(
        new Addresses(
            required(properties, "cluster.id", file),
            brokers,
            controllers,
            number(properties, "registry.port", file)));
  }

  private void write(Path file) {
    Properties properties = new Properties();
    properties.setProperty("cluster.id", clusterId);
    properties.setProperty("brokers", String.valueOf(brokers.size()));
    for (int id = 1; id <= brokers.size(); id++) {
      properties.setProperty("broker." + id + ".port", String.valueOf(brokers.get(id - 1)));
      properties.setProperty("controller." + id + ".port", String.valueOf(controllers.get(id - 1)));
    }
    properties.setProperty("registry.port", String.valueOf(registry));
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, "Addresses of a Tidecast local platform");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static int number(Properties properties, String key, Path file) {
    String value = required(properties, key, file);
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new PlatformException(
          "%s: %s=%s: expected a whole number".formatted(file, key, value), e);
    }
  }

  private static String required(Properties properties, String key, Path file) {
    String value = properties.getProperty(key);
    if (value == null) {
      throw new PlatformException("%s: %s is missing".formatted(file, key));
    }
    return value;
  }
}
