package io.tidecast.schemas;

import io.tidecast.schemas.avro.Forecast;
import io.tidecast.schemas.avro.LabeledSample;
import io.tidecast.schemas.avro.Observation;
import io.tidecast.schemas.avro.Prediction;
import io.tidecast.schemas.avro.SampleScore;
import io.tidecast.schemas.avro.Score;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The topic catalogue: the only place where a topic's name is spelled.
 *
 * <p>Inputs and outputs have the same number of partitions, so that a record's forecasts lie in the
 * partition of its number. A partition is the unit of parallelism and of learning: one model learns
 * from all series of its partition.
 *
 * <p>Retention counts from the arrival of a record ({@code LogAppendTime}), not from the time that
 * it speaks of: ten-year-old measurements fed in today must not be deleted at once. The time of a
 * measurement is a field of its value.
 *
 * @param prefix put before every name; empty for none
 * @param partitions partitions of every input and output topic
 * @param forecasting whether there are series to forecast; otherwise the catalogue leaves their
 *     topics out
 * @param models names of the topics of each model of labelled samples
 */
public record Topics(String prefix, int partitions, boolean forecasting, List<ModelTopics> models) {
  private static final int DEAD_LETTER_BYTES = 1_200_000;
  private static final Pattern PREFIX = Pattern.compile("[a-zA-Z0-9._-]{0,200}");

  /**
   * @throws IllegalArgumentException if Kafka would refuse the prefix or the number of partitions
   */
  public Topics {
    models = List.copyOf(models);
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "topic prefix '%s': expected at most 200 of a-z A-Z 0-9 . _ -".formatted(prefix));
    }
    if (partitions < 1) {
      throw new IllegalArgumentException(
          "partitions: expected at least 1, got %d".formatted(partitions));
    }
  }

  /** Topics of series and models. */
  public Topics(String prefix, int partitions, List<ModelTopics> models) {
    this(prefix, partitions, true, models);
  }

  /** Topics without a model of labelled samples. */
  public Topics(String prefix, int partitions) {
    this(prefix, partitions, List.of());
  }

  /** Topics without a prefix and with one partition, so that one model learns from all series. */
  public static Topics standard() {
    return new Topics("", 1);
  }

  /** Measurements of series: the forecaster's input. */
  public Topic<Observation> observations() {
    return topic("observations", "seriesId", Observation.class, partitions, Duration.ofDays(7));
  }

  /** Samples with or without labels: the input of a model. */
  public Topic<LabeledSample> samples(ModelTopics model) {
    return topic(model.samples(), "streamId", LabeledSample.class, partitions, Duration.ofDays(7));
  }

  /** Probabilistic forecasts of series. */
  public Topic<Forecast> forecasts() {
    return topic("forecasts", "seriesId", Forecast.class, partitions, Duration.ofDays(7));
  }

  /** Predictive distributions of samples' labels. */
  public Topic<Prediction> predictions(ModelTopics model) {
    return topic(model.predictions(), "streamId", Prediction.class, partitions, Duration.ofDays(7));
  }

  /** What predictions were worth when the label came. */
  public Topic<SampleScore> scores(ModelTopics model) {
    return topic(model.scores(), "streamId", SampleScore.class, partitions, Duration.ofDays(30));
  }

  /** What forecasts were worth when the truth came. */
  public Topic<Score> scores() {
    return topic("scores", "seriesId", Score.class, partitions, Duration.ofDays(30));
  }

  /** Refused input, byte for byte, with headers that say where it came from and why. */
  public Topic<byte[]> deadLetters() {
    Topic<byte[]> plain =
        topic("dead-letters", "key of the input", byte[].class, 1, Duration.ofDays(30));
    Map<String, String> configs = new HashMap<>(plain.configs());
    // A record as large as an input topic takes by default, and our headers.
    configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(DEAD_LETTER_BYTES));
    return new Topic<>(plain.name(), plain.key(), plain.valueType(), plain.partitions(), configs);
  }

  /** Every topic of the catalogue. */
  public List<Topic<?>> all() {
    List<Topic<?>> all = new ArrayList<>(inputs());
    if (forecasting) {
      all.addAll(List.of(forecasts(), scores()));
    }
    for (ModelTopics model : models) {
      all.addAll(List.of(predictions(model), scores(model)));
    }
    all.add(deadLetters());
    return all;
  }

  /** The topics that are learned from. */
  public List<Topic<?>> inputs() {
    List<Topic<?>> inputs = new ArrayList<>();
    if (forecasting) {
      inputs.add(observations());
    }
    models.forEach(model -> inputs.add(samples(model)));
    return inputs;
  }

  private <V> Topic<V> topic(
      String name, String key, Class<V> valueType, int partitions, Duration retention) {
    return new Topic<>(
        prefix + name,
        key,
        valueType,
        partitions,
        Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_DELETE,
            TopicConfig.RETENTION_MS_CONFIG,
            String.valueOf(retention.toMillis()),
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
            "LogAppendTime"));
  }
}
