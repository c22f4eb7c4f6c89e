package io.tidecast.app.stream;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Names of one learner's nodes and stores: a subtopology of its own, {@code input -> learner ->
 * outputs, dead letters}, with the learner's journal and snapshot beside it.
 *
 * @param model name of the model of labelled samples; empty for the forecaster
 */
record LearnerNodes(String model) {
  /** The forecaster's. */
  static final LearnerNodes FORECAST = new LearnerNodes("");

  /**
   * A record whose own timestamp is unusable is still read: what counts is the time within its
   * value.
   */
  private static final TimestampExtractor RECORD_TIME =
      (ConsumerRecord<Object, Object> record, long partitionTime) ->
          Math.max(record.timestamp(), 0);

  private static final Pattern STORE = Pattern.compile("(model\\.[^.]+\\.)?(journal|snapshot)");

  /** A model's name holds no dot, so what stands between the last two is it. */
  private String of(String node) {
    return model.isEmpty() ? node : "model." + model + "." + node;
  }

  /** Whether this is the name of a store of some learner. */
  static boolean isStore(String name) {
    return STORE.matcher(name).matches();
  }

  String journal() {
    return of("journal");
  }

  String snapshot() {
    return of("snapshot");
  }

  String deadLetters() {
    return of(DeadLetter.SINK);
  }

  String sink(String output) {
    return of(output + "-sink");
  }

  /** A partition of this learner's input, for people. */
  String describe(int partition) {
    return model.isEmpty()
        ? "partition " + partition
        : "model %s, partition %d".formatted(model, partition);
  }

  /**
   * How a learner runs.
   *
   * @param batchTimeout a mini-batch that has waited this long is cut; empty: never
   * @param snapshotMinBytes the least journal that brings about a snapshot
   * @param gauges where it counts
   */
  record Running(Optional<Duration> batchTimeout, long snapshotMinBytes, TaskGauges gauges) {}

  /** One output: the sink's name as in {@link #sink}, and its topic. */
  record Output(String sink, String topic) {}

  /**
   * Adds the learner to a topology.
   *
   * @param input topic that it learns from
   * @param binding makes the learner and its records
   */
  <I, O> void addTo(
      Topology topology,
      String input,
      List<Output> outputs,
      String deadLetterTopic,
      Supplier<LearnerBinding<I, O>> binding,
      Running running) {
    ByteArrayDeserializer in = new ByteArrayDeserializer();
    ByteArraySerializer out = new ByteArraySerializer();
    String source = of("source");
    String learner = of("learner");
    // Bytes go in as they came: only so can a record that nobody can read reach the dead letters
    // unchanged.
    topology
        .addSource(AutoOffsetReset.earliest(), source, RECORD_TIME, in, in, input)
        .addProcessor(learner, () -> new LearnerProcessor<>(this, binding.get(), running), source)
        .addStateStore(logged(journal(), Serdes.Long()), learner)
        .addStateStore(logged(snapshot(), Serdes.String()), learner)
        .addSink(deadLetters(), deadLetterTopic, out, out, learner);
    outputs.forEach(o -> topology.addSink(o.sink(), o.topic(), out, out, learner));
  }

  private static <K> StoreBuilder<KeyValueStore<K, byte[]>> logged(String name, Serde<K> keys) {
    // Both stores are written over all the time: compact early and in small segments, so that a
    // restore reads little.
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), keys, Serdes.ByteArray())
        .withLoggingEnabled(
            Map.of(
                TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(16 * 1024 * 1024),
                TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.2",
                TopicConfig.DELETE_RETENTION_MS_CONFIG,
                    Long.toString(Duration.ofHours(1).toMillis())))
        .withCachingDisabled();
  }
}
