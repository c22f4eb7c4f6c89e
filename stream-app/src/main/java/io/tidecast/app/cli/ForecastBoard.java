package io.tidecast.app.cli;

import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.service.KafkaTopics;
import io.tidecast.schemas.AvroSerdes;
import io.tidecast.schemas.Topics;
import io.tidecast.schemas.avro.Forecast;
import io.tidecast.schemas.avro.LeadTimeScore;
import io.tidecast.schemas.avro.Score;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serde;

/**
 * What the output topics say: the newest forecast of each series and how good the forecasts have
 * been. Reads committed records only. Not thread-safe.
 */
final class ForecastBoard implements AutoCloseable {
  private final Topics topics;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaConsumer<byte[], byte[]> uncommitted;
  private final Serde<Forecast> forecastSerde;
  private final Serde<Score> scoreSerde;
  private final Map<String, byte[]> newestForecast = new TreeMap<>();
  private final Map<String, Score> newestScore = new TreeMap<>();
  private final Map<Integer, byte[]> newestInPartition = new HashMap<>();
  private long forecasts;
  private long scoredLeadTimes;
  private long inside90;
  private double crps;
  private long deadLetters;

  /** A board over the output topics, from their beginning. */
  ForecastBoard(TidecastConfig config) {
    topics = KafkaTopics.topics(config);
    AvroSerdes serdes = new AvroSerdes(config.registryProperties());
    forecastSerde = serdes.values(topics.forecasts());
    scoreSerde = serdes.values(topics.scores());
    consumer =
        OutputConsumer.of(
            config, List.of(topics.forecasts(), topics.scores(), topics.deadLetters()));
    uncommitted = OutputConsumer.unassigned(config, "read_uncommitted");
  }

  /** Reads what has come. */
  void poll(Duration atMost) {
    for (ConsumerRecord<byte[], byte[]> r : consumer.poll(atMost)) {
      if (r.topic().equals(topics.forecasts().name())) {
        forecasts++;
        // Most forecasts are never shown, so they are decoded only when they are.
        newestForecast.put(new String(r.key(), StandardCharsets.UTF_8), r.value());
        newestInPartition.put(r.partition(), r.value());
      } else if (r.topic().equals(topics.scores().name())) {
        add(scoreSerde.deserializer().deserialize(r.topic(), r.value()));
      } else {
        deadLetters++;
      }
    }
  }

  /** Whether everything in the topics is committed and has been read. */
  boolean isAtEnd() {
    // Without the isolation level an end is the last record, behind an open transaction too.
    Map<TopicPartition, Long> ends = uncommitted.endOffsets(consumer.assignment());
    return ends.entrySet().stream().allMatch(e -> consumer.position(e.getKey()) >= e.getValue());
  }

  /** The newest forecast of each series. */
  List<Forecast> newest() {
    return newestForecast.values().stream().map(this::decode).toList();
  }

  /** The newest score of each series. */
  Map<String, Score> newestScores() {
    return newestScore;
  }

  /** Forecasts read. */
  long forecasts() {
    return forecasts;
  }

  /** Dead letters read. */
  long deadLetters() {
    return deadLetters;
  }

  /** Share of truths inside their 90 % band, over all lead times; NaN before the first. */
  double coverage90() {
    return scoredLeadTimes == 0 ? Double.NaN : (double) inside90 / scoredLeadTimes;
  }

  /** Mean CRPS over all series and lead times, in their units; NaN before the first. */
  double crps() {
    return scoredLeadTimes == 0 ? Double.NaN : crps / scoredLeadTimes;
  }

  /** Learning steps of all models together. */
  long learnedSteps() {
    return newestInPartition.values().stream()
        .mapToLong(f -> decode(f).getModelVersion().getStep())
        .sum();
  }

  private void add(Score score) {
    newestScore.put(score.getSeriesId(), score);
    for (LeadTimeScore s : score.getLeadTimes()) {
      scoredLeadTimes++;
      crps += s.getCrps();
      inside90 += s.getInside90() ? 1 : 0;
    }
  }

  private Forecast decode(byte[] value) {
    return forecastSerde.deserializer().deserialize(topics.forecasts().name(), value);
  }

  @Override
  public void close() {
    consumer.close();
    uncommitted.close();
  }
}
