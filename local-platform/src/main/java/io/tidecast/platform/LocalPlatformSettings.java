package io.tidecast.platform;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How to start a local platform.
 *
 * @param dataDir folder to keep the data in, made if missing; empty for a temporary one that is
 *     removed at the end
 * @param brokers number of Kafka brokers, each also a controller
 * @param secured whether servers ask for TLS, passwords and rights: Kafka SASL_SSL with
 *     SCRAM-SHA-512 and ACLs, the registry HTTPS with basic authentication and roles
 * @param progress told in one line each time that something was begun or has come up; called from
 *     several threads
 */
public record LocalPlatformSettings(
    Optional<Path> dataDir, int brokers, boolean secured, Consumer<String> progress) {

  /**
   * @throws IllegalArgumentException if the number of brokers is neither 1 nor 3 to 9
   */
  public LocalPlatformSettings {
    if (brokers < 1 || brokers == 2 || brokers > 9) {
      throw new IllegalArgumentException(
          "brokers: expected 1, or 3 to 9 (two lose their quorum with either), got %d"
              .formatted(brokers));
    }
  }

  /** One broker, open to every local client, temporary data, nobody told. */
  public static LocalPlatformSettings temporary() {
    return new LocalPlatformSettings(Optional.empty(), 1, false, line -> {});
  }

  /** These settings with data kept in a folder. */
  public LocalPlatformSettings withDataDir(Path folder) {
    return new LocalPlatformSettings(Optional.of(folder), brokers, secured, progress);
  }

  /** These settings with another number of brokers. */
  public LocalPlatformSettings withBrokers(int number) {
    return new LocalPlatformSettings(dataDir, number, secured, progress);
  }

  /** These settings with a listener for progress. */
  public LocalPlatformSettings withProgress(Consumer<String> listener) {
    return new LocalPlatformSettings(dataDir, brokers, secured, listener);
  }

  /**
   * These settings with TLS, passwords and rights; see {@link LocalPlatform#security()} for how to
   * get in.
   */
  public LocalPlatformSettings withSecurity() {
    return new LocalPlatformSettings(dataDir, brokers, true, progress);
  }
}
