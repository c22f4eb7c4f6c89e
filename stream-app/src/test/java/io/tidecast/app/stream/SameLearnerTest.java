package io.tidecast.app.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.DeviceChoice;
import io.tidecast.engine.forecast.ForecastInput;
import io.tidecast.engine.forecast.ForecastLearner;
import io.tidecast.engine.forecast.ForecastOutput;
import io.tidecast.engine.forecast.ForecastOutput.SeriesForecast;
import io.tidecast.engine.forecast.ForecastSettings;
import io.tidecast.schemas.AvroSerdes;
import io.tidecast.schemas.Topics;
import io.tidecast.schemas.avro.Forecast;
import io.tidecast.schemas.avro.Observation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code evaluate} measures, a learner without Kafka, is what the service publishes. */
class SameLearnerTest {
  private static final Topics TOPICS = new Topics("same-", 1);
  private static final int STEPS = 120;
  private static final long HOUR = 3_600_000;

  private static final ForecastSettings SETTINGS =
      new ForecastSettings(6, 24, Optional.of(Duration.ofHours(1)), Duration.ZERO, 64, 0, 0, 3)
          .withPaths(5);

  @TempDir private Path stateDir;

  @Test
  void the_service_publishes_the_forecasts_of_a_learner_that_is_fed_directly() {
    double[] values = values();
    List<Forecast> direct = new ArrayList<>();
    try (ComputeDevice device = ComputeDevice.open(DeviceChoice.CPU, false)) {
      try (ForecastLearner learner = ForecastLearner.create(SETTINGS, device)) {
        for (int t = 0; t < STEPS; t++) {
          for (ForecastOutput output :
              learner.accept(new ForecastInput.Observation("a", t * HOUR, values[t]))) {
            if (output instanceof SeriesForecast forecast) {
              direct.add(ForecastRecords.forecast(forecast));
            }
          }
        }
      }
      assertThat(direct).hasSize(STEPS - 2);
      assertThat(served(values, device)).isEqualTo(direct);
    }
  }

  private List<Forecast> served(double[] values, ComputeDevice device) {
    AvroSerdes serdes = AvroSerdes.at("mock://same-learner-test");
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "same");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    try (TopologyTestDriver driver =
        new TopologyTestDriver(
            ForecastTopology.build(
                TOPICS,
                serdes,
                partition -> ForecastLearner.create(SETTINGS, device),
                Optional.empty(),
                1 << 20,
                new TaskGauges()),
            properties)) {
      TestInputTopic<byte[], byte[]> input =
          driver.createInputTopic(
              TOPICS.observations().name(), new ByteArraySerializer(), new ByteArraySerializer());
      for (int t = 0; t < STEPS; t++) {
        Observation observation = new Observation("a", t * HOUR, values[t], List.of(), List.of());
        byte[] bytes =
            serdes
                .<Observation>values(TOPICS.observations())
                .serializer()
                .serialize(TOPICS.observations().name(), observation);
        input.pipeInput("a".getBytes(UTF_8), bytes);
      }
      return driver
          .createOutputTopic(
              TOPICS.forecasts().name(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
          .readValuesToList()
          .stream()
          .map(
              bytes ->
                  serdes
                      .<Forecast>values(TOPICS.forecasts())
                      .deserializer()
                      .deserialize(TOPICS.forecasts().name(), bytes))
          .toList();
    }
  }

  private static double[] values() {
    Random random = new Random(12);
    double[] y = new double[STEPS];
    for (int t = 0; t < STEPS; t++) {
      y[t] = 20 + 5 * Math.sin(2 * Math.PI * t / 24) + random.nextGaussian();
    }
    return y;
  }
}
