package io.tidecast.platform;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** How the servers of one platform are run: their command lines, files and questions. */
final class Servers {
  private final PlatformHome home;
  private final Path root;
  private final Path logs;
  private final Leftovers notes;
  private final Addresses addresses;
  private final Optional<PlatformSecurity> security;
  private final Consumer<String> progress;

  Servers(
      PlatformHome home,
      DataFolder data,
      Addresses addresses,
      Optional<PlatformSecurity> security,
      Consumer<String> progress)
      throws IOException {
    this.home = home;
    this.root = data.root();
    this.logs = data.logs();
    this.notes = Leftovers.in(root);
    this.addresses = addresses;
    this.security = security;
    this.progress = progress;
  }

  static String registryUrl(Addresses addresses, boolean secured) {
    return (secured ? "https://" : "http://")
        + Ports.HOST
        + ":"
        + addresses.registry()
        + "/apis/ccompat/v7";
  }

  PlatformProcess broker(int id) throws IOException {
    String name = "broker-" + id;
    Path properties = root.resolve(name + ".properties");

    try (Writer writer = PrivateFiles.write(properties)) {
      new BrokerSettings(addresses, id, root.resolve(name), security)
          .toProperties()
          .store(writer, null);
    }
    List<String> command = java("-Xmx256m", home.brokerClassPath());
    command.add(
        "-Dlog4j2.configurationFile=classpath:io/tidecast/platform/leash/log4j2.properties");
    command.add("io.tidecast.platform.leash.BrokerMain");
    command.add(properties.toString());
    command.add(addresses.clusterId());
    security.ifPresent(s -> command.add(s.scramUsers().toString()));
    int port = addresses.brokers().get(id - 1);
    return process(name, command, () -> Readiness.ofBroker(id, port, security));
  }

  PlatformProcess registry() {
    List<String> command = java("-Xmx192m", home.registryClassPath());
    command.add("-Dquarkus.http.host=" + Ports.HOST);
    if (security.isPresent()) {
      // In a file, since everybody may read the command lines of processes.
      command.add("-Dquarkus.config.locations=" + security.get().registrySettings());
      command.add("-Dquarkus.http.ssl-port=" + addresses.registry());
    } else {
      command.add("-Dquarkus.http.port=" + addresses.registry());
    }
    // WRITE_DELAY=0: an id once given out must be known after a crash, or records become
    // unreadable.
    command.add(
        "-Dapicurio.datasource.url=jdbc:h2:file:%s;WRITE_DELAY=0"
            .formatted(root.resolve("registry").resolve("schemas")));
    command.add("-Dapicurio.datasource.jdbc.initial-size=2");
    command.add("-Dapicurio.datasource.jdbc.min-size=2");
    command.add("-Dapicurio.datasource.jdbc.max-size=8");
    command.add("io.tidecast.platform.leash.RegistryMain");
    command.add(home.registryMainClass());
    String url = registryUrl(addresses, security.isPresent());
    return process("registry", command, () -> Readiness.ofRegistry(url, security));
  }

  private PlatformProcess process(String name, List<String> command, BooleanSupplier answers) {
    return new PlatformProcess(
        name, List.copyOf(command), logs.resolve(name + ".log"), notes, answers, progress);
  }

  /** A small, quickly started JVM that ends rather than limps when its memory is too small. */
  private static List<String> java(String heap, String classPath) {
    Path executable = Path.of(System.getProperty("java.home"), "bin", "java");
    return new ArrayList<>(
        List.of(
            executable.toString(),
            heap,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-cp",
            classPath));
  }
}
