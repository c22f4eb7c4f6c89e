package io.tidecast.app.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidecast.engine.forecast.ForecastInput;
import io.tidecast.engine.forecast.ForecastOutput.SeriesForecast;
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
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastTopologyTest {
  private static final Topics TOPICS = new Topics("test-", 1);
  private static final int SNAPSHOT_MIN_BYTES = 1024;

  @TempDir private Path stateDir;
  private final AvroSerdes serdes = AvroSerdes.at("mock://forecast-topology-test");
  private final Serde<Observation> observationSerde = serdes.values(TOPICS.observations());
  private final Serde<Forecast> forecastSerde = serdes.values(TOPICS.forecasts());
  private TaskGauges gauges = new TaskGauges();
  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> observations;
  private TestOutputTopic<byte[], byte[]> forecasts;
  private TestOutputTopic<byte[], byte[]> deadLetters;

  @BeforeEach
  void start() {
    start(Optional.of(Duration.ofMillis(100)), 0);
  }

  private void start(Optional<Duration> batchTimeout, int ballast) {
    gauges = new TaskGauges();
    Properties p = new Properties();
    p.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    p.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
    p.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    driver =
        new TopologyTestDriver(
            ForecastTopology.build(
                TOPICS,
                serdes,
                partition -> new CountingLearner(ballast),
                batchTimeout,
                SNAPSHOT_MIN_BYTES,
                gauges),
            p);
    observations =
        driver.createInputTopic(
            TOPICS.observations().name(), new ByteArraySerializer(), new ByteArraySerializer());
    forecasts =
        driver.createOutputTopic(
            TOPICS.forecasts().name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    deadLetters =
        driver.createOutputTopic(
            TOPICS.deadLetters().name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @Test
  void a_forecast_of_each_observation_comes_out_under_its_series() {
    send("a", 1000, 1.5);
    send("b", 1000, 2.5);

    List<KeyValue<byte[], byte[]>> out = forecasts.readKeyValuesToList();
    assertThat(out).extracting(kv -> new String(kv.key, UTF_8)).containsExactly("a", "b");
    assertThat(forecast(out.get(0).value).getIssuedAt()).isEqualTo(1000);
    assertThat(forecast(out.get(0).value).getModelVersion().getStep()).isEqualTo(1);
    assertThat(gauges.accepted()).isEqualTo(2);
  }

  @Test
  void a_batch_that_waits_is_cut_by_the_timer_once_and_the_cut_is_journalled() {
    send("a", 1000, 1.5);
    assertThat(forecasts.isEmpty()).isTrue();

    driver.advanceWallClockTime(Duration.ofMillis(100));
    driver.advanceWallClockTime(Duration.ofMillis(100));
    driver.advanceWallClockTime(Duration.ofSeconds(10));

    assertThat(forecasts.readKeyValuesToList()).hasSize(1);
    assertThat(journalEntries()).isEqualTo(2);
  }

  @Test
  void a_learner_rebuilt_from_snapshot_and_journal_goes_on_as_the_one_that_was_lost() {
    List<Double> uninterrupted = hashes(201);
    driver.close();
    start();
    List<Double> interrupted = new ArrayList<>(hashes(77));
    KeyValueStore<Long, byte[]> journal = driver.getKeyValueStore(LearnerNodes.FORECAST.journal());
    KeyValueStore<String, byte[]> snapshot =
        driver.getKeyValueStore(LearnerNodes.FORECAST.snapshot());
    List<KeyValue<Long, byte[]>> journalled = all(journal);
    List<KeyValue<String, byte[]>> snapshotted = all(snapshot);
    assertThat(snapshotted).as("a snapshot was written before the crash").isNotEmpty();
    driver.close();

    // The driver keeps no changelog, so a fresh one gets the stores' content as a restore would
    // give it.
    start();
    KeyValueStore<Long, byte[]> newJournal =
        driver.getKeyValueStore(LearnerNodes.FORECAST.journal());
    KeyValueStore<String, byte[]> newSnapshot =
        driver.getKeyValueStore(LearnerNodes.FORECAST.snapshot());
    journalled.forEach(kv -> newJournal.put(kv.key, kv.value));
    snapshotted.forEach(kv -> newSnapshot.put(kv.key, kv.value));
    try (CountingLearner learner = new CountingLearner(0)) {
      SnapshotStore.Saved saved = new SnapshotStore(newSnapshot).read();
      learner.restore(saved.entries());
      Journal rebuilt = new Journal(newJournal);
      rebuilt.replay(saved.sequence(), bytes -> learner.accept(learner.decode(bytes)));
      assertThat(rebuilt.sequence()).isEqualTo(77);
      for (int i = 77; i < 201; i++) {
        learner
            .accept(observation(i))
            .forEach(o -> interrupted.add(((SeriesForecast) o).mean()[0]));
      }
    }
    assertThat(interrupted).isEqualTo(uninterrupted);
  }

  @Test
  void what_nobody_can_read_goes_to_the_dead_letters_byte_for_byte_and_changes_nothing() {
    byte[] garbage = {9, 8, 7, 6, 5, 4, 3, 2, 1};
    observations.pipeInput("a".getBytes(UTF_8), garbage);

    TestRecord<byte[], byte[]> letter = deadLetters.readRecord();
    assertThat(letter.value()).isEqualTo(garbage);
    assertThat(letter.key()).isEqualTo("a".getBytes(UTF_8));
    assertThat(header(letter, DeadLetter.REASON)).isEqualTo("MALFORMED");
    assertThat(header(letter, DeadLetter.TOPIC)).isEqualTo(TOPICS.observations().name());
    assertThat(header(letter, DeadLetter.PARTITION)).isEqualTo("0");
    assertThat(header(letter, DeadLetter.OFFSET)).isEqualTo("0");
    assertThat(header(letter, DeadLetter.DETAIL)).contains("partition 0, offset 0");
    assertThat(journalEntries()).isZero();
  }

  @Test
  void a_huge_key_is_not_repeated_in_the_headers_of_its_dead_letter() {
    observations.pipeInput("k".repeat(900_000).getBytes(UTF_8), value("a", 1000, 1.0));

    TestRecord<byte[], byte[]> letter = deadLetters.readRecord();
    assertThat(letter.key()).hasSize(900_000);
    assertThat(header(letter, DeadLetter.REASON)).isEqualTo("KEY_MISMATCH");
    assertThat(header(letter, DeadLetter.DETAIL)).hasSizeLessThan(1_200).contains("offset 0");
  }

  @Test
  void what_the_learner_refuses_goes_to_the_dead_letters_and_not_to_the_journal() {
    send("a", -5, 1.0);

    assertThat(header(deadLetters.readRecord(), DeadLetter.REASON))
        .isEqualTo("IMPOSSIBLE_TIMESTAMP");
    assertThat(journalEntries()).isZero();
    assertThat(gauges.refused()).containsEntry("IMPOSSIBLE_TIMESTAMP", 1L);
  }

  @Test
  void infinite_values_missing_keys_foreign_keys_and_empty_records_are_refused_by_name() {
    send("a", 1000, Double.POSITIVE_INFINITY);
    send("a", 1000, Double.NaN);
    byte[] good = value("a", 1000, 1.0);
    observations.pipeInput((byte[]) null, good);
    observations.pipeInput("b".getBytes(UTF_8), good);
    observations.pipeInput(new byte[] {(byte) 0xff}, good);
    observations.pipeInput("a".getBytes(UTF_8), (byte[]) null);

    assertThat(deadLetters.readRecordsToList())
        .extracting(letter -> header(letter, DeadLetter.REASON))
        .containsExactly(
            "NON_FINITE_VALUE",
            "NON_FINITE_VALUE",
            "NO_KEY",
            "KEY_MISMATCH",
            "MALFORMED_KEY",
            "NO_VALUE");
    assertThat(journalEntries()).isZero();
  }

  @Test
  void
      the_journal_never_grows_beyond_a_snapshot_and_a_long_one_leaves_nothing_behind_a_short_one() {
    for (int i = 0; i < 1000; i++) {
      send("a", i, i);
    }
    assertThat(gauges.snapshots()).isGreaterThan(5);
    assertThat(journalEntries() * 40L).isLessThan(2L * SNAPSHOT_MIN_BYTES);
  }

  @Test
  void journal_and_snapshots_together_are_at_most_twice_the_larger_of_the_two() {
    for (int ballast : new int[] {0, 5_000, 20_000}) {
      driver.close();
      start(Optional.empty(), ballast);
      for (int i = 0; gauges.snapshots() < 5; i++) {
        send("a", i, i);
      }
      long larger = Math.max(gauges.journalBytes(), gauges.snapshotBytes());
      assertThat(gauges.journalBytes() + gauges.snapshotBytes())
          .as("ballast %d", ballast)
          .isLessThanOrEqualTo((long) (2.2 * larger));
      assertThat(gauges.journalBytes())
          .as("a replay costs no more than the snapshot, ballast %d", ballast)
          .isLessThanOrEqualTo((long) (1.1 * Math.max(gauges.snapshotBytes(), 5L * 1024)));
    }
  }

  @Test
  void readiness_waits_for_each_learner_that_is_being_rebuilt() {
    gauges.restoring(new TaskGauges.Task("", 1));
    gauges.restoring(new TaskGauges.Task("", 2));
    gauges.restored(new TaskGauges.Task("", 1), new RestoredLearner(10, 3, "hash"));
    assertThat(gauges.allRestored()).isFalse();
    gauges.restored(new TaskGauges.Task("", 2), new RestoredLearner(20, 0, "hash"));
    assertThat(gauges.allRestored()).isTrue();
    assertThat(gauges.restored().get(1)).isEqualTo(new RestoredLearner(10, 3, "hash"));
  }

  @Test
  void a_large_snapshot_is_written_in_chunks_that_fit_a_record() {
    driver.close();
    start(Optional.empty(), 3 * SnapshotStore.CHUNK_BYTES);
    KeyValueStore<String, byte[]> store = driver.getKeyValueStore(LearnerNodes.FORECAST.snapshot());
    CountingLearner learner = new CountingLearner(3 * SnapshotStore.CHUNK_BYTES);
    SnapshotStore snapshots = new SnapshotStore(store);
    snapshots.read();
    snapshots.write(1, learner.snapshot());

    assertThat(all(store))
        .hasSize(5)
        .allSatisfy(kv -> assertThat(kv.value.length).isLessThanOrEqualTo(512 * 1024));
    SnapshotStore.Saved saved = new SnapshotStore(store).read();
    assertThat(saved.sequence()).isEqualTo(1);
    assertThat(saved.entries().get("state")).hasSize((int) learner.snapshotBytes());

    snapshots.write(2, new CountingLearner(0).snapshot());
    assertThat(new SnapshotStore(store).read().entries().get("state")).hasSize(28);
  }

  private List<Double> hashes(int n) {
    for (int i = 0; i < n; i++) {
      send("s" + i % 3, i * 1000L, i);
    }
    return forecasts.readKeyValuesToList().stream()
        .map(kv -> forecast(kv.value).getLeadTimes().get(0).getMean())
        .toList();
  }

  private static ForecastInput.Observation observation(int i) {
    return new ForecastInput.Observation("s" + i % 3, i * 1000L, i);
  }

  private void send(String series, long timestamp, double value) {
    observations.pipeInput(series.getBytes(UTF_8), value(series, timestamp, value));
  }

  private byte[] value(String series, long timestamp, double value) {
    return observationSerde
        .serializer()
        .serialize(
            TOPICS.observations().name(),
            new Observation(series, timestamp, value, List.of(), List.of()));
  }

  private Forecast forecast(byte[] value) {
    return forecastSerde.deserializer().deserialize(TOPICS.forecasts().name(), value);
  }

  private int journalEntries() {
    return all(driver.<Long, byte[]>getKeyValueStore(LearnerNodes.FORECAST.journal())).size();
  }

  private static <K> List<KeyValue<K, byte[]>> all(KeyValueStore<K, byte[]> store) {
    List<KeyValue<K, byte[]>> entries = new ArrayList<>();
    try (KeyValueIterator<K, byte[]> it = store.all()) {
      it.forEachRemaining(entries::add);
    }
    return entries;
  }

  private static String header(TestRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), UTF_8);
  }
}
