package io.tidecast.bench.cluster;

import io.tidecast.app.config.TidecastConfig;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How far an application has come with an input topic.
 *
 * @param sent records in the topic
 * @param committed of them, those that the application has learned and committed
 */
public record Backlog(long sent, long committed) {
  /**
   * Asks the brokers.
   *
   * @return empty where they do not answer
   */
  public static Optional<Backlog> of(TidecastConfig config, String topic) {
    var latest =
        IntStream.range(0, config.partitions())
            .boxed()
            .collect(Collectors.toMap(p -> new TopicPartition(topic, p), p -> OffsetSpec.latest()));
    try (Admin admin = Admin.create(config.clientProperties())) {
      Map<TopicPartition, OffsetAndMetadata> offsets =
          admin
              .listConsumerGroupOffsets(config.applicationId())
              .partitionsToOffsetAndMetadata()
              .get();
      long sent = 0;
      long committed = 0;
      for (var end : admin.listOffsets(latest).all().get().entrySet()) {
        OffsetAndMetadata offset = offsets.get(end.getKey());
        sent += end.getValue().offset();
        committed += offset == null ? 0 : offset.offset();
      }
      return Optional.of(new Backlog(sent, committed));
    } catch (ExecutionException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Records that wait. */
  public long records() {
    return sent - committed;
  }
}
