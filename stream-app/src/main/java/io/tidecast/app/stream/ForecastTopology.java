package io.tidecast.app.stream;

import io.tidecast.engine.Learner;
import io.tidecast.engine.forecast.ForecastInput;
import io.tidecast.engine.forecast.ForecastOutput;
import io.tidecast.schemas.AvroSerdes;
import io.tidecast.schemas.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
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
 * {@code observations -> learner -> forecasts, scores, dead-letters}, with the learner's journal
 * and snapshot beside it.
 */
public final class ForecastTopology {
  private static final String SOURCE = "observation-source";
  private static final String LEARNER = "forecast-learner";

  /**
   * A record whose own timestamp is unusable is still read: what counts is the time within the
   * observation.
   */
  private static final TimestampExtractor RECORD_TIME =
      (ConsumerRecord<Object, Object> record, long partitionTime) ->
          Math.max(record.timestamp(), 0);

  private ForecastTopology() {}

  /**
   * Builds the topology.
   *
   * @param learners a new learner for each partition
   * @param batchTimeout a mini-batch that has waited this long is cut; empty: never
   * @param snapshotMinBytes the least journal that brings about a snapshot
   */
  public static Topology build(
      Topics topics,
      AvroSerdes serdes,
      IntFunction<Learner<ForecastInput, ForecastOutput>> learners,
      Optional<Duration> batchTimeout,
      long snapshotMinBytes,
      TaskGauges gauges) {
    ByteArrayDeserializer in = new ByteArrayDeserializer();
    ByteArraySerializer out = new ByteArraySerializer();
    // Bytes go in as they came: only so can a record that nobody can read reach the dead letters
    // unchanged.
    return new Topology()
        .addSource(
            AutoOffsetReset.earliest(), SOURCE, RECORD_TIME, in, in, topics.observations().name())
        .addProcessor(
            LEARNER,
            () ->
                new LearnerProcessor<>(
                    new ForecastBinding(topics, serdes, learners),
                    batchTimeout,
                    snapshotMinBytes,
                    gauges),
            SOURCE)
        .addStateStore(logged(LearnerProcessor.JOURNAL, Serdes.Long()), LEARNER)
        .addStateStore(logged(LearnerProcessor.SNAPSHOT, Serdes.String()), LEARNER)
        .addSink(ForecastBinding.FORECASTS, topics.forecasts().name(), out, out, LEARNER)
        .addSink(ForecastBinding.SCORES, topics.scores().name(), out, out, LEARNER)
        .addSink(DeadLetter.SINK, topics.deadLetters().name(), out, out, LEARNER);
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
