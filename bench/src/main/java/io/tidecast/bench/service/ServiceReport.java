package io.tidecast.bench.service;

import java.util.List;

/**
 * What a service did with a burst.
 *
 * @param inputs inputs sent, all of them learned
 * @param sentPerSecond rate of the burst
 * @param learnedPerSecond inputs over the time from the first sent to the last committed
 * @param cpuMicrosPerInput processor time of the service's process for each of them, microseconds;
 *     brokers, registry and the sender of the burst take theirs beside it
 * @param refused records in the dead letters
 * @param memoryMiB resident memory at each tenth of the inputs [10]
 * @param largestMemoryMiB the largest seen, each second
 * @param rebalances how often a running stream had to gather anew
 * @param journalBytes journals that a snapshot has ended, in bytes
 * @param snapshotBytes snapshots, in bytes
 * @param restartSeconds from the start of a new process with nothing on its disk until every
 *     learner was ready; includes the start of Java and engine
 * @param replayed journalled inputs that were learned again by it
 * @param restoreSeconds of which the slowest learner took to read its snapshot and replay
 */
public record ServiceReport(
    int inputs,
    double sentPerSecond,
    double learnedPerSecond,
    double cpuMicrosPerInput,
    long refused,
    List<Double> memoryMiB,
    double largestMemoryMiB,
    long rebalances,
    long journalBytes,
    long snapshotBytes,
    double restartSeconds,
    long replayed,
    double restoreSeconds) {
  public ServiceReport {
    memoryMiB = List.copyOf(memoryMiB);
  }

  /** How many times faster the burst came than it was learned. */
  public double burst() {
    return sentPerSecond / learnedPerSecond;
  }

  /** Memory at the end over memory after the first fifth, which is the warm-up. */
  public double growth() {
    return memoryMiB.get(memoryMiB.size() - 1) / memoryMiB.get(1);
  }

  /** Bytes written for the state, over the larger of journals and snapshots. */
  public double writtenRatio() {
    return (double) (journalBytes + snapshotBytes) / Math.max(journalBytes, snapshotBytes);
  }
}
