package io.tidecast.app.cli;

import io.tidecast.app.UserException;
import io.tidecast.app.feed.Feed;
import io.tidecast.app.feed.Reading;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another feed, at so many points in time a second. */
final class PacedFeed implements Feed {
  private final Feed inner;
  private final double rowsPerSecond;
  private final long began = System.nanoTime();
  private long rows;

  PacedFeed(Feed inner, double rowsPerSecond) {
    if (!(rowsPerSecond > 0)) {
      throw new UserException("--speed: expected rows a second above 0, got " + rowsPerSecond);
    }
    this.inner = inner;
    this.rowsPerSecond = rowsPerSecond;
  }

  @Override
  public List<Reading> next() throws InterruptedException {
    long due = began + (long) (rows / rowsPerSecond * 1e9);
    long wait = due - System.nanoTime();
    if (wait > 0) {
      TimeUnit.NANOSECONDS.sleep(wait);
    }
    rows++;
    return inner.next();
  }

  @Override
  public void close() {
    inner.close();
  }
}
