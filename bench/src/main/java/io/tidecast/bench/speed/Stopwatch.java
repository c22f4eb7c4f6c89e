package io.tidecast.bench.speed;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Median processor time of an operation after warming up. The calling thread computes alone, and
 * its processor time is not disturbed by what else the machine does.
 */
final class Stopwatch {
  private static final int LEAST = 5;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private final double seconds;

  /**
   * @param seconds how long each operation is measured; half as long before that it warms up
   */
  Stopwatch(double seconds) {
    this.seconds = seconds;
  }

  /** Milliseconds. */
  double median(Runnable operation) {
    long begin = System.nanoTime();
    for (int i = 0; i < LEAST || System.nanoTime() - begin < seconds * .5e9; i++) {
      operation.run();
    }
    List<Long> times = new ArrayList<>();
    begin = System.nanoTime();
    while (times.size() < LEAST || System.nanoTime() - begin < seconds * 1e9) {
      long start = THREADS.getCurrentThreadCpuTime();
      operation.run();
      times.add(THREADS.getCurrentThreadCpuTime() - start);
    }
    Collections.sort(times);
    return times.get(times.size() / 2) / 1e6;
  }
}
