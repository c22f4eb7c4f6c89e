package io.tidecast.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidecast.app.cli.CommandRun;
import io.tidecast.app.config.ConfigSources;
import io.tidecast.app.config.ModelConfig;
import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.feed.RecordProducer;
import io.tidecast.app.service.KafkaTopics;
import io.tidecast.app.service.TidecastService;
import io.tidecast.platform.LocalPlatform;
import io.tidecast.platform.LocalPlatformSettings;
import io.tidecast.schemas.AvroSerdes;
import io.tidecast.schemas.ModelTopics;
import io.tidecast.schemas.Topic;
import io.tidecast.schemas.Topics;
import io.tidecast.schemas.avro.ClassMeans;
import io.tidecast.schemas.avro.LabeledSample;
import io.tidecast.schemas.avro.Prediction;
import io.tidecast.schemas.avro.SampleScore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labelled samples through a real broker, with a real SIGKILL. */
class SamplesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int SAMPLES = 4000;
  private static final int LATE = 4;

  private static LocalPlatform platform;
  @TempDir private Path folder;

  @BeforeAll
  static void startPlatform() {
    platform = LocalPlatform.start(LocalPlatformSettings.temporary());
  }

  @AfterAll
  static void stopPlatform() {
    platform.close();
  }

  @Test
  void a_service_killed_in_mid_stream_predicts_and_scores_each_sample_once_as_if_it_had_not()
      throws Exception {
    TidecastConfig quiet = config("quiet-");
    List<Prediction> expected;
    try (TidecastService service = TidecastService.start(quiet, stage -> {})) {
      assertThat(service.inputTopics())
          .as("forecasting is off: nothing but the samples")
          .containsExactly("quiet-moons-samples");
      produce(quiet);
      await().atMost(PATIENCE).until(() -> scores(quiet).size() >= SAMPLES);
      expected = predictions(quiet);
      PageOfSamples.await(service, quiet, expected.size(), SAMPLES);
    }

    TidecastConfig killed = config("killed-");
    try (KafkaTopics kafka = KafkaTopics.connect(killed)) {
      kafka.ensure(stage -> {});
    }
    produce(killed);
    try (ServiceProcess service = ServiceProcess.start("first", folder, killed, 512);
        Committed out = new Committed(killed, topics(killed).predictions(model(killed)).name())) {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> out.records().size() >= SAMPLES / 4 || !service.isAlive());
      assertThat(service.isAlive()).as("alive until it is killed: %s", service.output()).isTrue();
      service.kill();
      assertThat(out.records()).as("killed before the end").hasSizeLessThan(SAMPLES);
    }
    try (ServiceProcess service = ServiceProcess.start("second", folder, killed, 512)) {
      await().atMost(PATIENCE).until(() -> scores(killed).size() >= SAMPLES);
      service.stop();
    }

    assertThat(predictions(killed)).isEqualTo(expected);
    assertThat(scores(killed)).extracting(SampleScore::getSampleId).doesNotHaveDuplicates();
    ClassMeans means = (ClassMeans) scores(killed).get(SAMPLES - 1).getSoFar();
    assertThat(means.getSamples()).isEqualTo(SAMPLES);
    assertThat(means.getAccuracy()).as("it has learned").isGreaterThan(.85);
    assertThat(Committed.all(killed, topics(killed).deadLetters().name())).isEmpty();
    assertThat(watched(killed))
        .containsPattern("  s  n\\d+   [01] [01]\\.\\d\\d \\{")
        .contains("4,000 labels: accuracy", "predictions seen");
  }

  private static String watched(TidecastConfig config) {
    List<String> command = new ArrayList<>(List.of("watch", "--model", "moons"));
    command.addAll(List.of("--duration", "3s"));
    config.given().forEach((name, value) -> command.addAll(List.of("--set", name + "=" + value)));
    return CommandRun.of(command.toArray(new String[0])).out();
  }

  private TidecastConfig config(String prefix) {
    return new ConfigSources()
        .flag("kafka.bootstrap.servers", platform.bootstrapServers())
        .flag("schema.registry.url", platform.registryUrl())
        .flag("application-id", prefix + "samples")
        .flag("topics.prefix", prefix)
        .flag("topics.partitions", 1)
        .flag("state-dir", folder.resolve(prefix + "state"))
        .flag("http.enabled", false)
        .flag("forecast.enabled", false)
        .flag("models.moons.task", "classification")
        .flag("models.moons.classes", 2)
        .flag("models.moons.features", 2)
        .flag("models.moons.batch-size", 32)
        // Two runs that are to be equal must not depend on the clock.
        .flag("models.moons.batch-timeout", "0s")
        .load();
  }

  private static Topics topics(TidecastConfig config) {
    return KafkaTopics.topics(config);
  }

  private static ModelTopics model(TidecastConfig config) {
    return config.models().stream().map(ModelConfig::topics).findFirst().orElseThrow();
  }

  /** Labels come with their samples, save for every fourth sample, whose label comes ten later. */
  private static void produce(TidecastConfig config) {
    Random random = new Random(4);
    try (RecordProducer<LabeledSample> producer =
        new RecordProducer<>(config, topics(config).samples(model(config)))) {
      double[] labels = new double[SAMPLES];
      for (int i = 0; i < SAMPLES + 10; i++) {
        if (i < SAMPLES) {
          float a = (float) random.nextGaussian();
          float b = (float) random.nextGaussian();
          labels[i] = a * b > 0 ? 1 : 0;
          producer.send("s", sample(i, List.of(a, b), i % LATE == 0 ? null : labels[i]));
        }
        int late = i - 10;
        if (late >= 0 && late % LATE == 0) {
          producer.send("s", sample(late, List.of(), labels[late]));
        }
      }
      // Inputs in all: a whole number of mini-batches, so that no clock is needed for the last.
      for (int i = 0; (SAMPLES + SAMPLES / LATE + i) % 32 != 0; i++) {
        producer.send("s", sample(SAMPLES + i, List.of(0f, 0f), null));
      }
      producer.flush();
    }
  }

  private static LabeledSample sample(int i, List<Float> features, @Nullable Double label) {
    return new LabeledSample("n" + i, "s", (long) i, features, List.of(), label, "moons");
  }

  private static List<Prediction> predictions(TidecastConfig config) {
    return values(config, topics(config).predictions(model(config)));
  }

  private static List<SampleScore> scores(TidecastConfig config) {
    return values(config, topics(config).scores(model(config)));
  }

  private static <V extends SpecificRecord> List<V> values(TidecastConfig config, Topic<V> topic) {
    var reader = new AvroSerdes(config.registryProperties()).values(topic).deserializer();
    return Committed.all(config, topic.name()).stream()
        .map(ConsumerRecord::value)
        .map(bytes -> reader.deserialize(topic.name(), bytes))
        .toList();
  }
}
