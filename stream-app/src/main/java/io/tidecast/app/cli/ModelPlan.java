package io.tidecast.app.cli;

import java.util.List;
import java.util.Locale;

/**
 * What a model of labelled samples takes. Rates and sizes are measured on the machine that plans,
 * each sample with its label; the learner alone is measured, without Kafka.
 *
 * @param network specification of the network
 * @param parameters number of weights of each partition's network
 * @param stepsPerSecond learning steps a second of one process
 * @param samplesPerSecond samples predicted and learned a second by one process
 * @param heapBytes of a process that has all partitions
 * @param nativeBytes beyond the heap: PyTorch, weights and buffers of one network
 * @param snapshotBytes of one partition with its replay full; samples that wait for their label
 *     come on top
 * @param changelogBytes of all partitions: about twice snapshot and journal
 */
record ModelPlan(
    String device,
    String model,
    String network,
    int parameters,
    int partitions,
    double stepsPerSecond,
    double samplesPerSecond,
    long heapBytes,
    long nativeBytes,
    long snapshotBytes,
    long changelogBytes) {

  List<String> lines() {
    return List.of(
        "device       " + device,
        "network      %s, %,d weights".formatted(network, parameters),
        "models       %,d, one a partition of '%s'".formatted(partitions, model),
        String.format(
            Locale.ROOT,
            "speed        %,.1f learning steps/s, %,.1f samples/s in one process (the learner"
                + " alone, measured)",
            stepsPerSecond,
            samplesPerSecond),
        "memory       about %s of heap and %s beside it for a process with all partitions"
            .formatted(Plan.bytes(heapBytes), Plan.bytes(nativeBytes)),
        "changelogs   about %s (a snapshot of %s, once for each partition, and its journal)"
            .formatted(Plan.bytes(changelogBytes), Plan.bytes(snapshotBytes)));
  }
}
