package io.tidecast.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;

class TopicsTest {
  @Test
  void names_carry_the_prefix_and_subjects_follow_the_topic_name_strategy() {
    Topics topics = new Topics("plant-a.", 6);

    assertThat(topics.all())
        .extracting(Topic::name)
        .containsExactly(
            "plant-a.observations", "plant-a.forecasts", "plant-a.scores", "plant-a.dead-letters");
    assertThat(topics.observations().valueSubject()).isEqualTo("plant-a.observations-value");
  }

  @Test
  void each_model_of_labelled_samples_has_topics_of_its_own() {
    ModelTopics fraud = ModelTopics.of("fraud");
    ModelTopics spam = new ModelTopics("spam", "mails", "verdicts", "spam-scores");
    Topics topics = new Topics("a.", 2, List.of(fraud, spam));

    assertThat(topics.inputs())
        .extracting(Topic::name)
        .containsExactly("a.observations", "a.fraud-samples", "a.mails");
    assertThat(topics.all())
        .extracting(Topic::name)
        .contains(
            "a.fraud-predictions", "a.fraud-scores", "a.mails", "a.verdicts", "a.spam-scores");
    assertThat(topics.samples(spam).partitions()).isEqualTo(2);
  }

  @Test
  void without_forecasting_there_are_the_topics_of_the_models_alone() {
    Topics topics = new Topics("a.", 2, false, List.of(ModelTopics.of("fraud")));

    assertThat(topics.inputs()).extracting(Topic::name).containsExactly("a.fraud-samples");
    assertThat(topics.all())
        .extracting(Topic::name)
        .containsExactly(
            "a.fraud-samples", "a.fraud-predictions", "a.fraud-scores", "a.dead-letters");
  }

  @Test
  void inputs_and_outputs_have_as_many_partitions_and_retention_counts_from_arrival() {
    Topics topics = new Topics("", 6);
    NewTopic forecasts = topics.forecasts().toNewTopic();

    assertThat(topics.observations().partitions()).isEqualTo(6);
    assertThat(forecasts.numPartitions()).isEqualTo(6);
    assertThat(forecasts.configs())
        .containsEntry(TopicConfig.CLEANUP_POLICY_CONFIG, "delete")
        .containsEntry(TopicConfig.RETENTION_MS_CONFIG, "604800000")
        .containsEntry(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
  }

  @Test
  void only_dead_letters_pass_without_a_schema() {
    assertThat(Topics.standard().all())
        .filteredOn(topic -> !topic.hasSchema())
        .containsExactly(Topics.standard().deadLetters());
  }

  @Test
  void a_prefix_that_kafka_would_refuse_is_refused_at_once() {
    assertThatThrownBy(() -> new Topics("plant a", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'plant a'");
  }
}
