package io.tidecast.app.service;

/**
 * The service in this process at one moment.
 *
 * @param detail what Kafka Streams says of itself, or why it failed
 * @param device device and library versions; empty before the engine is open
 * @param restored changelog records restored, of {@code toRestore}
 * @param lag observations of this process's partitions that wait to be learned; NaN if not known
 * @param leaseWaitNanos time that tasks have waited for their turn at the device
 * @param nativeArrays native arrays alive
 */
public record ServiceStatus(
    Stage stage,
    String detail,
    String device,
    long restored,
    long toRestore,
    double lag,
    long leaseWaitNanos,
    int nativeArrays) {

  /** Where the service is on its way. */
  public enum Stage {
    /** Connecting, loading the engine. */
    STARTING,
    /** Getting its partitions, rebuilding its learners. */
    RESTORING,
    RUNNING,
    /** Stopped, and not by request. */
    FAILED
  }

  /** Before there is a service. */
  public static ServiceStatus starting() {
    return new ServiceStatus(
        Stage.STARTING, "connecting and loading the engine", "", 0, 0, Double.NaN, 0, 0);
  }
}
