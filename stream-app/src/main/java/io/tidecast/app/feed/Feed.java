package io.tidecast.app.feed;

import java.util.List;

/** A source of measurements, read in the order of time. Not thread-safe. */
public interface Feed extends AutoCloseable {

  /**
   * The measurements of the next point in time; waits for it where it has not come yet.
   *
   * @return empty at the end
   */
  List<Reading> next() throws InterruptedException;

  @Override
  void close();
}
