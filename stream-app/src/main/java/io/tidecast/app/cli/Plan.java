package io.tidecast.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration takes. Rates and sizes are measured on the machine that plans, sizes then
 * carried on to the number of series; the learner alone is measured, without Kafka.
 *
 * @param network specification of the network
 * @param parameters number of weights of each model
 * @param series of all partitions
 * @param seriesPerPartition hence the series that one model learns from
 * @param stepsPerSecond learning steps a second of one process
 * @param observationsPerSecond observations learned and forecast a second by one process
 * @param neededPerSecond observations that the series bring; null where that was not said
 * @param processes that this takes at most at two thirds of their rate; null likewise
 * @param heapBytes of a process that has all partitions
 * @param nativeBytes beyond the heap: PyTorch, weights and buffers of one model
 * @param snapshotBytes of one partition, with the whole past that is kept
 * @param changelogBytes of all partitions: about twice snapshot and journal
 */
record Plan(
    String device,
    String network,
    int parameters,
    int partitions,
    long series,
    long seriesPerPartition,
    double stepsPerSecond,
    double observationsPerSecond,
    @Nullable Double neededPerSecond,
    @Nullable Long processes,
    long heapBytes,
    long nativeBytes,
    long snapshotBytes,
    long changelogBytes) {

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("device       " + device);
    lines.add("network      %s, %,d weights".formatted(network, parameters));
    lines.add(
        "models       %,d, one a partition, each of %,d of %,d series"
            .formatted(partitions, seriesPerPartition, series));
    lines.add(
        String.format(
            Locale.ROOT,
            "speed        %,.0f learning steps/s, %,.0f observations/s in one process (the learner"
                + " alone, measured)",
            stepsPerSecond,
            observationsPerSecond));
    if (neededPerSecond != null && processes != null) {
      lines.add(
          String.format(
              Locale.ROOT,
              "needed       %,.1f observations/s: %,d process%s%s",
              neededPerSecond,
              processes,
              processes == 1 ? "" : "es",
              processes > partitions
                  ? ", which is more than there are partitions: raise topics.partitions"
                  : ""));
    }
    lines.add(
        "memory       about %s of heap and %s beside it for a process with all partitions"
            .formatted(bytes(heapBytes), bytes(nativeBytes)));
    lines.add(
        "changelogs   about %s (a snapshot of %s, once for each partition, and its journal)"
            .formatted(bytes(changelogBytes), bytes(snapshotBytes)));
    return lines;
  }

  static String bytes(long n) {
    double mebi = n / 1048576.0;
    return mebi >= 1024
        ? String.format(Locale.ROOT, "%.1f GiB", mebi / 1024)
        : mebi >= 10
            ? String.format(Locale.ROOT, "%.0f MiB", mebi)
            : String.format(Locale.ROOT, "%.1f MiB", mebi);
  }
}
