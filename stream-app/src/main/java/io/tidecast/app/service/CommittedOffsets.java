package io.tidecast.app.service;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListStreamsGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.TopicPartition;

/** What an application has learned up to: the offsets of its consumer group. */
final class CommittedOffsets {
  private final KafkaTopics kafka;
  private final String applicationId;

  CommittedOffsets(KafkaTopics kafka, String applicationId) {
    this.kafka = kafka;
    this.applicationId = applicationId;
  }

  /** The application's consumer group; empty where it has none. */
  Optional<GroupListing> group() {
    return kafka.get(kafka.admin().listGroups().valid()).stream()
        .filter(g -> g.groupId().equals(applicationId))
        .findFirst();
  }

  static GroupType type(GroupListing group) {
    return group.type().orElse(GroupType.CLASSIC);
  }

  /** Next offset to read of each input partition that this group has read. */
  Map<TopicPartition, Long> of(GroupListing group) {
    Map<TopicPartition, Long> offsets = new TreeMap<>(Comparator.comparing(Object::toString));
    committed(type(group)).forEach((partition, offset) -> offsets.put(partition, offset.offset()));
    return offsets;
  }

  private Map<TopicPartition, OffsetAndMetadata> committed(GroupType type) {
    Admin admin = kafka.admin();
    return kafka.get(
        type == GroupType.STREAMS
            ? admin
                .listStreamsGroupOffsets(Map.of(applicationId, new ListStreamsGroupOffsetsSpec()))
                .partitionsToOffsetAndMetadata(applicationId)
            : admin
                .listConsumerGroupOffsets(Map.of(applicationId, new ListConsumerGroupOffsetsSpec()))
                .partitionsToOffsetAndMetadata(applicationId));
  }
}
