package io.tidecast.app.config;

import io.tidecast.engine.supervised.SupervisedSettings;
import io.tidecast.schemas.ModelTopics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One model of labelled samples.
 *
 * @param topics its name and topics
 * @param settings what its learners are made of
 * @param batchTimeout a mini-batch that has waited this long is cut; empty: never
 * @param featureNames names of the features [d]; empty where only their number was given
 * @param classNames names of the classes [K]; empty where only their number was given
 */
public record ModelConfig(
    ModelTopics topics,
    SupervisedSettings settings,
    Optional<Duration> batchTimeout,
    List<String> featureNames,
    List<String> classNames) {
  public ModelConfig {
    featureNames = List.copyOf(featureNames);
    classNames = List.copyOf(classNames);
  }

  /** Name of the model. */
  public String name() {
    return topics.model();
  }
}
