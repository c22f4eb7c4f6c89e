package io.tidecast.app.service;

import io.tidecast.app.UserException;
import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.stream.Changelogs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.TopicPartition;

/**
 * Makes an application forget: what its id holds in Kafka and on this machine, and the removal of
 * it. Its input and output topics stay as they are.
 */
public final class ApplicationReset {
  private final Admin admin;
  private final KafkaTopics kafka;
  private final String applicationId;
  private final LocalState local;

  /** A reset over a connection that whoever made it also closes. */
  public ApplicationReset(KafkaTopics kafka, TidecastConfig config) {
    this.kafka = kafka;
    admin = kafka.admin();
    applicationId = config.applicationId();
    local = new LocalState(config.stateDir(), applicationId);
  }

  /**
   * What an application holds.
   *
   * @param groupType protocol of its consumer group; empty where it has none
   * @param offsets what it has learned up to, by input partition
   * @param internalTopics its changelogs
   * @param localState folder of its local state; empty where there is none
   */
  public record Holdings(
      Optional<GroupType> groupType,
      Map<TopicPartition, Long> offsets,
      List<String> internalTopics,
      Optional<Path> localState) {

    public boolean isEmpty() {
      return groupType.isEmpty() && internalTopics.isEmpty() && localState.isEmpty();
    }
  }

  /**
   * Looks.
   *
   * @throws UserException if an instance runs
   */
  public Holdings holdings() {
    CommittedOffsets committed = new CommittedOffsets(kafka, applicationId);
    Optional<GroupListing> group = committed.group();
    group.ifPresent(this::requireIdle);
    return new Holdings(
        group.map(CommittedOffsets::type),
        group.map(committed::of).orElse(Map.of()),
        new Changelogs(applicationId).among(kafka.get(admin.listTopics().names())),
        local.folder());
  }

  private void requireIdle(GroupListing group) {
    GroupState state = group.groupState().orElse(GroupState.UNKNOWN);
    if (state != GroupState.EMPTY && state != GroupState.DEAD) {
      throw new UserException(
          "application '%s' is running (its consumer group is %s): stop every instance first; one that was killed counts until its session ends, a few seconds later"
              .formatted(applicationId, state));
    }
  }

  /**
   * Removes. Interrupted, it leaves an application that starts afresh but does not learn again what
   * it has read; repeated, it completes.
   */
  public void remove(Holdings holdings) {
    if (holdings.localState().isPresent()) {
      local.remove("reset");
    }
    if (!holdings.internalTopics().isEmpty()) {
      kafka.get(admin.deleteTopics(holdings.internalTopics()).all());
      kafka.await(
          () ->
              kafka.get(admin.listTopics().names()).stream()
                  .noneMatch(holdings.internalTopics()::contains));
    }
    if (holdings.groupType().isPresent()) {
      List<String> group = List.of(applicationId);
      kafka.get(
          holdings.groupType().get() == GroupType.STREAMS
              ? admin.deleteStreamsGroups(group).all()
              : admin.deleteConsumerGroups(group).all());
    }
  }
}
