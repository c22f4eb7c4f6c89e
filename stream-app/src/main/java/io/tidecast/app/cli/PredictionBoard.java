package io.tidecast.app.cli;

import io.tidecast.app.config.ModelConfig;
import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.service.KafkaTopics;
import io.tidecast.schemas.AvroSerdes;
import io.tidecast.schemas.Topic;
import io.tidecast.schemas.Topics;
import io.tidecast.schemas.avro.Prediction;
import io.tidecast.schemas.avro.SampleScore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * What the output topics of a model of labelled samples say: the newest prediction and the newest
 * score of each stream. Reads committed records only. Not thread-safe.
 */
final class PredictionBoard implements AutoCloseable {
  private final Topic<Prediction> predictions;
  private final Topic<SampleScore> scores;
  private final Deserializer<Prediction> predictionReader;
  private final Deserializer<SampleScore> scoreReader;
  private final KafkaConsumer<byte[], byte[]> consumer;

  // Most are never shown, so they are decoded only when they are.
  private final Map<String, byte[]> newestPrediction = new TreeMap<>();
  private final Map<String, byte[]> newestScore = new TreeMap<>();
  private long count;

  PredictionBoard(TidecastConfig config, ModelConfig model) {
    Topics topics = KafkaTopics.topics(config);
    AvroSerdes serdes = new AvroSerdes(config.registryProperties());
    predictions = topics.predictions(model.topics());
    scores = topics.scores(model.topics());
    predictionReader = serdes.values(predictions).deserializer();
    scoreReader = serdes.values(scores).deserializer();
    consumer = OutputConsumer.of(config, List.of(predictions, scores));
  }

  /** Reads what has come. */
  void poll(Duration atMost) {
    for (ConsumerRecord<byte[], byte[]> r : consumer.poll(atMost)) {
      String stream = new String(r.key(), StandardCharsets.UTF_8);
      if (r.topic().equals(predictions.name())) {
        count++;
        newestPrediction.put(stream, r.value());
      } else {
        newestScore.put(stream, r.value());
      }
    }
  }

  /** The newest prediction of each stream. */
  List<Prediction> newest() {
    return newestPrediction.values().stream()
        .map(bytes -> predictionReader.deserialize(predictions.name(), bytes))
        .toList();
  }

  /** The newest score of each stream. */
  Map<String, SampleScore> newestScores() {
    Map<String, SampleScore> newest = new TreeMap<>();
    newestScore.forEach(
        (stream, bytes) -> newest.put(stream, scoreReader.deserialize(scores.name(), bytes)));
    return newest;
  }

  /** Predictions read. */
  long predictions() {
    return count;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
