package io.tidecast.platform;

import io.tidecast.schemas.AvroSerdes;
import io.tidecast.schemas.Topic;
import io.tidecast.schemas.Topics;
import io.tidecast.schemas.avro.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Observations in and out of a running platform. */
final class TestData {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private TestData() {}

  static Observation observation(String series, double value) {
    return Observation.newBuilder()
        .setSeriesId(series)
        .setTimestamp(1_000L)
        .setValue(value)
        .setCovariates(List.of(0.5))
        .setKnownFuture(List.of(List.of(1.0), List.of(2.0)))
        .build();
  }

  static void create(LocalPlatform platform, Topics topics) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", platform.bootstrapServers()))) {
      admin.createTopics(topics.all().stream().map(Topic::toNewTopic).toList()).all().get();
    }
  }

  static void produce(LocalPlatform platform, Topics topics, List<Observation> observations)
      throws Exception {
    AvroSerdes serdes = AvroSerdes.at(platform.registryUrl());
    try (KafkaProducer<String, Observation> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", platform.bootstrapServers()),
            serdes.keys().serializer(),
            serdes.values(topics.observations()).serializer())) {
      for (Observation observation : observations) {
        producer
            .send(
                new ProducerRecord<>(
                    topics.observations().name(), observation.getSeriesId(), observation))
            .get();
      }
    }
  }

  static List<Observation> consume(LocalPlatform platform, Topics topics, int count) {
    AvroSerdes serdes = AvroSerdes.at(platform.registryUrl());
    try (KafkaConsumer<String, Observation> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                platform.bootstrapServers(),
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                "false"),
            serdes.keys().deserializer(),
            serdes.values(topics.observations()).deserializer())) {
      consumer.assign(List.of(new TopicPartition(topics.observations().name(), 0)));
      List<Observation> read = new ArrayList<>();
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (read.size() < count && System.nanoTime() < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> read.add(record.value()));
      }
      return read;
    }
  }
}
