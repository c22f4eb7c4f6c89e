package io.tidecast.app.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.DeviceChoice;
import io.tidecast.engine.supervised.SupervisedLearner;
import io.tidecast.engine.supervised.SupervisedSettings;
import io.tidecast.engine.supervised.SupervisedSettings.Inputs;
import io.tidecast.engine.supervised.SupervisedSettings.Pending;
import io.tidecast.engine.supervised.SupervisedSettings.Training;
import io.tidecast.engine.supervised.Task;
import io.tidecast.schemas.AvroSerdes;
import io.tidecast.schemas.ModelTopics;
import io.tidecast.schemas.Topics;
import io.tidecast.schemas.avro.ClassMeans;
import io.tidecast.schemas.avro.LabeledSample;
import io.tidecast.schemas.avro.Prediction;
import io.tidecast.schemas.avro.SampleScore;
import io.tidecast.schemas.avro.UncertaintyMeasure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleTopologyTest {
  private static final ModelTopics CLASSES = ModelTopics.of("classes");
  private static final ModelTopics VALUES = ModelTopics.of("values");
  private static final Topics TOPICS = new Topics("test-", 1, List.of(CLASSES, VALUES));
  private static final LearnerNodes NODES = new LearnerNodes("classes");
  private static ComputeDevice device;

  @TempDir private Path stateDir;
  private final AvroSerdes serdes = AvroSerdes.at("mock://sample-topology-test");
  private final Serde<LabeledSample> samples = serdes.values(TOPICS.samples(CLASSES));
  private final TaskGauges gauges = new TaskGauges();
  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> in;
  private TestOutputTopic<byte[], byte[]> deadLetters;

  @BeforeAll
  static void open() {
    device = ComputeDevice.open(DeviceChoice.CPU, false);
  }

  @AfterAll
  static void close() {
    device.close();
  }

  private static SupervisedSettings settings(Task task) {
    return SupervisedSettings.tabular(task, Inputs.numeric(2), 7)
        .withTraining(new Training(4, 2, 8, 100, 0, true))
        .withPending(new Pending(20, Duration.ofHours(1)));
  }

  @BeforeEach
  void start() {
    Topology topology =
        ForecastTopology.build(
            TOPICS, serdes, p -> new CountingLearner(0), Optional.empty(), 1024, gauges);
    add(topology, CLASSES, new Task.Classification(3));
    add(topology, VALUES, new Task.Regression());
    Properties p = new Properties();
    p.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    p.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
    p.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    p.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    driver = new TopologyTestDriver(topology, p);
    in = input(CLASSES);
    deadLetters = output(TOPICS.deadLetters().name());
  }

  private void add(Topology topology, ModelTopics model, Task task) {
    SampleTopology.addTo(
        topology,
        TOPICS,
        model,
        serdes,
        partition -> SupervisedLearner.create(settings(task), device),
        Optional.of(Duration.ofMillis(100)),
        1024,
        gauges);
  }

  private TestInputTopic<byte[], byte[]> input(ModelTopics model) {
    return driver.createInputTopic(
        TOPICS.samples(model).name(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  private TestOutputTopic<byte[], byte[]> output(String topic) {
    return driver.createOutputTopic(
        topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  private void send(LabeledSample sample) {
    in.pipeInput(
        sample.getStreamId().getBytes(UTF_8),
        samples.serializer().serialize(TOPICS.samples(CLASSES).name(), sample));
  }

  private static LabeledSample sample(String id, @Nullable Double label, Float... features) {
    return new LabeledSample(id, "s", 1000L, List.of(features), List.of(), label, null);
  }

  private List<Prediction> predictions(ModelTopics model) {
    return read(TOPICS.predictions(model).name(), serdes.values(TOPICS.predictions(model)));
  }

  private List<SampleScore> scores(ModelTopics model) {
    return read(TOPICS.scores(model).name(), serdes.values(TOPICS.scores(model)));
  }

  private <V> List<V> read(String topic, Serde<V> serde) {
    return output(topic).readValuesToList().stream()
        .map(bytes -> serde.deserializer().deserialize(topic, bytes))
        .toList();
  }

  @Test
  void a_sample_is_predicted_before_its_label_comes_and_scored_by_that_prediction() {
    send(sample("a", null, 1f, 2f));
    driver.advanceWallClockTime(Duration.ofMillis(100));
    driver.advanceWallClockTime(Duration.ofMillis(100));

    Prediction prediction = predictions(CLASSES).get(0);
    assertThat(prediction.getSampleId()).isEqualTo("a");
    assertThat(prediction.getModel()).isEqualTo("classes");
    assertThat(prediction.getTimestamp()).isEqualTo(1000);
    assertThat(prediction.getClassProbabilities()).hasSize(3);
    assertThat(prediction.getPredictionSet()).isNotEmpty();
    assertThat(prediction.getOutOfDistribution()).isBetween(0., 1.);
    assertThat(prediction.getUncertainty().getMeasure()).isEqualTo(UncertaintyMeasure.ENTROPY);
    assertThat(prediction.getExpertWeights()).containsKeys("last-class", "network");
    assertThat(scores(CLASSES)).isEmpty();

    send(new LabeledSample("a", "s", 2000L, List.of(), List.of(), 2.0, "classes"));
    driver.advanceWallClockTime(Duration.ofMillis(100));
    driver.advanceWallClockTime(Duration.ofMillis(100));

    SampleScore score = scores(CLASSES).get(0);
    assertThat(score.getLabel()).isEqualTo(2);
    assertThat(((ClassMeans) score.getSoFar()).getSamples()).isEqualTo(1);
    assertThat(((ClassMeans) score.getSoFar()).getLogLoss())
        .isEqualTo(-Math.log(prediction.getClassProbabilities().get(2)));
    assertThat(deadLetters.isEmpty()).isTrue();
  }

  @Test
  void models_learn_beside_each_other_from_topics_of_their_own() {
    for (int i = 0; i < 4; i++) {
      send(sample("c" + i, i % 3 + 0.0, i + 0f, 1f));
    }
    TestInputTopic<byte[], byte[]> values = input(VALUES);
    for (int i = 0; i < 8; i++) {
      values.pipeInput(
          "s".getBytes(UTF_8),
          serdes
              .values(TOPICS.samples(VALUES))
              .serializer()
              .serialize(TOPICS.samples(VALUES).name(), sample("v" + i, 2.5 * i, i + 0f, 1f)));
    }
    assertThat(predictions(CLASSES)).hasSize(4);
    assertThat(scores(CLASSES)).hasSize(4);
    List<Prediction> predicted = predictions(VALUES);
    assertThat(predicted).hasSize(8);
    assertThat(predicted.get(7).getMean()).isNotNull();
    assertThat(predicted.get(7).getQuantiles()).hasSize(21).isSorted();
    assertThat(predicted.get(7).getUncertainty().getMeasure())
        .isEqualTo(UncertaintyMeasure.STANDARD_DEVIATION);
    assertThat(gauges.acceptedByModel()).containsEntry("classes", 4L).containsEntry("values", 8L);
    assertThat(gauges.restored("values")).containsKey(0);
  }

  @Test
  void bad_samples_are_dead_letters_with_their_reasons_and_change_nothing() {
    send(sample("good", 1.0, 1f, 2f));
    long journalled = journal().size();
    in.pipeInput("s".getBytes(UTF_8), new byte[] {9, 8, 7, 6, 5, 4});
    in.pipeInput("s".getBytes(UTF_8), (byte[]) null);
    send(sample("length", 1.0, 1f));
    send(new LabeledSample("shape", "s", 1L, List.of(1f, 2f), List.of(1, 2), 1.0, null));
    send(sample("nan", 1.0, Float.NaN, 2f));
    send(sample("infinite", 1.0, 1f, Float.POSITIVE_INFINITY));
    send(sample("range", 3.0, 1f, 2f));
    send(sample("half", .5, 1f, 2f));
    send(sample("no-number", Double.NaN, 1f, 2f));
    send(sample("good", 2.0));
    send(sample("never-seen", 1.0));
    send(sample("empty", null));
    send(new LabeledSample("elsewhere", "s", 1L, List.of(1f, 2f), List.of(), 1.0, "other"));
    send(new LabeledSample("when", "s", -1L, List.of(1f, 2f), List.of(), 1.0, null));
    in.pipeInput(
        "t".getBytes(UTF_8),
        samples.serializer().serialize(TOPICS.samples(CLASSES).name(), sample("key", 1.0, 1f, 2f)));

    List<TestRecord<byte[], byte[]>> letters = deadLetters.readRecordsToList();
    assertThat(letters)
        .extracting(letter -> header(letter, DeadLetter.REASON))
        .containsExactly(
            "MALFORMED",
            "NO_VALUE",
            "WRONG_FEATURE_COUNT",
            "WRONG_SHAPE",
            "NON_FINITE_FEATURE",
            "NON_FINITE_FEATURE",
            "LABEL_OUT_OF_RANGE",
            "LABEL_OUT_OF_RANGE",
            "LABEL_OUT_OF_RANGE",
            "LABEL_TWICE",
            "UNKNOWN_SAMPLE",
            "EMPTY_SAMPLE",
            "UNKNOWN_MODEL",
            "IMPOSSIBLE_TIMESTAMP",
            "KEY_MISMATCH");
    assertThat(letters)
        .allSatisfy(
            letter ->
                assertThat(header(letter, DeadLetter.TOPIC)).isEqualTo("test-classes-samples"));
    assertThat(journal()).hasSize((int) journalled);
  }

  @Test
  void a_learner_rebuilt_from_its_stores_equals_the_one_that_was_lost() {
    Random random = new Random(3);
    for (int i = 0; i < 603; i++) {
      float x = (float) random.nextGaussian();
      send(sample("n" + i, i % 4 == 0 ? null : x > 0 ? 1.0 : 0.0, x, 1f));
    }
    assertThat(gauges.snapshots()).isPositive();
    assertThat(predictions(CLASSES)).hasSize(600);
    KeyValueStore<Long, byte[]> journal = driver.getKeyValueStore(NODES.journal());
    KeyValueStore<String, byte[]> snapshot = driver.getKeyValueStore(NODES.snapshot());
    try (SupervisedLearner rebuilt =
            SupervisedLearner.create(settings(new Task.Classification(3)), device);
        SupervisedLearner quiet =
            SupervisedLearner.create(settings(new Task.Classification(3)), device)) {
      SnapshotStore.Saved saved = new SnapshotStore(snapshot).read();
      rebuilt.restore(saved.entries());
      Journal replayed = new Journal(journal);
      replayed.replay(saved.sequence(), bytes -> rebuilt.accept(rebuilt.decode(bytes)));
      assertThat(replayed.sequence()).isEqualTo(603);
      Random again = new Random(3);
      SampleBinding binding = new SampleBinding(TOPICS, CLASSES, serdes, p -> quiet);
      for (int i = 0; i < 603; i++) {
        float x = (float) again.nextGaussian();
        LabeledSample s = sample("n" + i, i % 4 == 0 ? null : x > 0 ? 1.0 : 0.0, x, 1f);
        quiet.accept(
            binding.read(
                "s".getBytes(UTF_8),
                samples.serializer().serialize(TOPICS.samples(CLASSES).name(), s)));
      }
      assertThat(rebuilt.stateHash()).isEqualTo(quiet.stateHash());
    }
  }

  private List<KeyValue<Long, byte[]>> journal() {
    KeyValueStore<Long, byte[]> store = driver.getKeyValueStore(NODES.journal());
    List<KeyValue<Long, byte[]>> entries = new ArrayList<>();
    try (KeyValueIterator<Long, byte[]> all = store.all()) {
      all.forEachRemaining(entries::add);
    }
    return entries;
  }

  private static String header(TestRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
