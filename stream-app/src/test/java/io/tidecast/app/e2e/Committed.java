package io.tidecast.app.e2e;

import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.service.KafkaTopics;
import io.tidecast.schemas.AvroSerdes;
import io.tidecast.schemas.Topics;
import io.tidecast.schemas.avro.Forecast;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serde;

/** Reads what is committed in a topic, going on where it was at each call. */
final class Committed implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
  private final List<Forecast> forecasts = new ArrayList<>();

  Committed(TidecastConfig config, String topic) {
    Map<String, Object> p = config.clientProperties();
    p.put("isolation.level", "read_committed");
    p.put("enable.auto.commit", false);
    consumer = new KafkaConsumer<>(p, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(i -> new TopicPartition(topic, i.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  static Committed forecastsOf(TidecastConfig config) {
    return new Committed(config, KafkaTopics.topics(config).forecasts().name());
  }

  /** Every record of a topic so far. */
  static List<ConsumerRecord<byte[], byte[]>> all(TidecastConfig config, String topic) {
    try (Committed committed = new Committed(config, topic)) {
      return committed.records();
    }
  }

  /** Every record so far. */
  List<ConsumerRecord<byte[], byte[]>> records() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      consumer.poll(Duration.ofMillis(100)).forEach(records::add);
    }
    return records;
  }

  /** Every forecast so far, where the topic is that of the forecasts. */
  List<Forecast> forecasts(TidecastConfig config) {
    Topics topics = KafkaTopics.topics(config);
    Serde<Forecast> serde = new AvroSerdes(config.registryProperties()).values(topics.forecasts());
    // Waiting asks again and again: only what is new is read.
    List<ConsumerRecord<byte[], byte[]>> all = records();
    for (ConsumerRecord<byte[], byte[]> r : all.subList(forecasts.size(), all.size())) {
      forecasts.add(serde.deserializer().deserialize(r.topic(), r.value()));
    }
    return List.copyOf(forecasts);
  }

  /** Whether the newest forecast of each of so many series is that of a row. */
  boolean hasForecastsUpTo(int row, int series, TidecastConfig config) {
    Map<String, List<Long>> times = issueTimes(config);
    return times.size() == series
        && times.values().stream().allMatch(t -> t.get(t.size() - 1) == row * 60_000L);
  }

  /** Issue times of each series, in the order of the topic. */
  Map<String, List<Long>> issueTimes(TidecastConfig config) {
    Map<String, List<Long>> times = new TreeMap<>();
    forecasts(config)
        .forEach(
            f ->
                times
                    .computeIfAbsent(f.getSeriesId(), s -> new ArrayList<>())
                    .add(f.getIssuedAt()));
    return times;
  }

  /** Rows from the first forecast to the last one, each once; the very first rows have none. */
  static List<Long> eachOnce(List<Long> times) {
    return LongStream.rangeClosed(times.get(0) / 60_000, times.get(times.size() - 1) / 60_000)
        .mapToObj(row -> row * 60_000)
        .toList();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
