package io.tidecast.app.service;

import io.tidecast.app.UserException;
import io.tidecast.app.config.ModelConfig;
import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.stream.Changelogs;
import io.tidecast.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * That what an application has learned is still there. Kafka Streams makes a missing changelog
 * anew, and a learner would go on from its committed offset with nothing in its head.
 */
final class KeptLearners {
  private KeptLearners() {}

  /**
   * Checks it.
   *
   * @throws UserException naming each changelog that is gone
   */
  static void require(KafkaTopics kafka, TidecastConfig config) {
    CommittedOffsets committed = new CommittedOffsets(kafka, config.applicationId());
    Set<String> read =
        committed.group().stream()
            .flatMap(group -> committed.of(group).keySet().stream())
            .map(TopicPartition::topic)
            .collect(Collectors.toSet());
    if (read.isEmpty()) {
      return;
    }
    Set<String> there = kafka.get(kafka.admin().listTopics().names());
    Topics topics = KafkaTopics.topics(config);
    Changelogs changelogs = new Changelogs(config.applicationId());
    List<String> faults = new ArrayList<>();
    if (config.forecasting()) {
      check(topics.observations().name(), changelogs.of(""), read, there, faults);
    }
    for (ModelConfig model : config.models()) {
      check(
          topics.samples(model.topics()).name(), changelogs.of(model.name()), read, there, faults);
    }
    if (!faults.isEmpty()) {
      faults.add(
          "restore these topics, or begin anew with './tidecast reset': the service does not learn"
              + " on from nothing");
      throw new UserException(faults);
    }
  }

  private static void check(
      String input, List<String> kept, Set<String> read, Set<String> there, List<String> faults) {
    for (String changelog : kept) {
      if (read.contains(input) && !there.contains(changelog)) {
        faults.add(
            "topic '%s' was read up to a committed offset, but '%s', which keeps what was learned from it, is missing"
                .formatted(input, changelog));
      }
    }
  }
}
