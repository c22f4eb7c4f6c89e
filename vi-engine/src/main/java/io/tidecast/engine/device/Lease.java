package io.tidecast.engine.device;

/**
 * The right to compute on the device, held by one thread at a time; see {@link
 * ComputeDevice#lease}.
 */
public interface Lease extends AutoCloseable {
  /** How long the holder waited for it, nanoseconds. */
  long waitedNanos();

  @Override
  void close();
}
