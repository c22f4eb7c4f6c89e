package io.tidecast.app.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidecast.app.cli.CommandRun;
import io.tidecast.app.config.ConfigSources;
import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.service.KafkaTopics;
import io.tidecast.app.service.TidecastService;
import io.tidecast.app.stream.DeadLetter;
import io.tidecast.platform.LocalPlatform;
import io.tidecast.platform.LocalPlatformSettings;
import io.tidecast.schemas.AvroSerdes;
import io.tidecast.schemas.Topics;
import io.tidecast.schemas.avro.Observation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersIT {
  private static final Topics TOPICS = new Topics("", 1);
  private static final byte[] GARBAGE = "{\"not\": \"avro\"}".getBytes(UTF_8);

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
  void refused_records_are_listed_explained_and_sent_again_as_they_were() throws Exception {
    TidecastConfig config = config();
    try (TidecastService service = TidecastService.start(config, stage -> {})) {
      send(config, record("a", GARBAGE, "trace", "t-1"));
      send(config, record("b", observation("a", 1_000)));
      awaitLetters(config, 2);

      assertThat(run("dead-letters").out())
          .contains("MALFORMED", "KEY_MISMATCH", "observations-0@0", "2 dead letters");
      assertThat(run("dead-letters", "--reason", "KEY_MISMATCH", "--explain").out())
          .contains("source   observations-0@1", "reads as", "\"seriesId\": \"a\"")
          .doesNotContain("MALFORMED");

      Path json = folder.resolve("letters.json");
      run("dead-letters", "--reason", "MALFORMED", "--json", json.toString());
      JsonNode letter = new ObjectMapper().readTree(json.toFile()).get("results").get(0);
      assertThat(letter.get("reason").asText()).isEqualTo("MALFORMED");
      assertThat(letter.get("offset").asLong()).isZero();
      assertThat(Base64.getDecoder().decode(letter.get("valueBase64").asText())).isEqualTo(GARBAGE);

      run("dead-letters", "--reason", "MALFORMED", "--resubmit", "--yes");
      List<ConsumerRecord<byte[], byte[]>> letters = awaitLetters(config, 3);
      ConsumerRecord<byte[], byte[]> again = letters.get(2);
      assertThat(again.value()).isEqualTo(GARBAGE);
      assertThat(header(again, "trace")).isEqualTo("t-1");
      assertThat(header(again, DeadLetter.OFFSET)).isEqualTo("2");
      assertThat(header(again, DeadLetter.RESUBMISSION_OF))
          .isEqualTo("dead-letters-0@" + letters.get(0).offset());
      ConsumerRecord<byte[], byte[]> input = Committed.all(config, "observations").get(2);
      assertThat(Arrays.stream(input.headers().toArray()).map(h -> h.key()))
          .containsExactly("trace", DeadLetter.RESUBMISSION_OF);

      // What has been put right meanwhile is learned at the second attempt.
      produceLetter(config, "observations", observation("c", 1_000));
      run("dead-letters", "--letter", newestLetter(config), "--resubmit", "--yes");
      await().atMost(Duration.ofMinutes(4)).until(() -> service.gauges().accepted() == 1);
    }
  }

  @Test
  void only_input_topics_are_written_to_and_nothing_is_sent_without_an_answer() throws Exception {
    TidecastConfig config = config();
    try (KafkaTopics topics = KafkaTopics.connect(config)) {
      topics.ensure(stage -> {});
    }
    int before = Committed.all(config, "observations").size();
    produceLetter(config, "forecasts", GARBAGE);
    CommandRun forged =
        run("dead-letters", "--letter", newestLetter(config), "--resubmit", "--yes");
    assertThat(forged.code()).isEqualTo(2);
    assertThat(forged.err()).contains("only records of the input topics");
    assertThat(Committed.all(config, "forecasts")).isEmpty();

    produceLetter(config, "observations", GARBAGE);
    assertThat(Typed.answering("n\n", platform, "dead-letters", "--limit", "1", "--resubmit").out())
        .contains("send 1 records again", "nothing was sent");
    assertThat(Typed.answering("", platform, "dead-letters", "--limit", "1", "--resubmit").err())
        .contains("say --yes in scripts");
    assertThat(Committed.all(config, "observations")).hasSize(before);
  }

  private TidecastConfig config() {
    return new ConfigSources()
        .flag("state-dir", folder.resolve("state"))
        .flag("kafka.bootstrap.servers", platform.bootstrapServers())
        .flag("schema.registry.url", platform.registryUrl())
        .flag("topics.partitions", 1)
        .flag("engine.device", "cpu")
        .load();
  }

  private CommandRun run(String... args) {
    return Typed.at(platform, args);
  }

  private static List<ConsumerRecord<byte[], byte[]>> awaitLetters(TidecastConfig config, int n) {
    return await()
        .atMost(Duration.ofMinutes(4))
        .until(() -> Committed.all(config, "dead-letters"), letters -> letters.size() >= n);
  }

  private static String newestLetter(TidecastConfig config) {
    List<ConsumerRecord<byte[], byte[]>> all = Committed.all(config, "dead-letters");
    return "dead-letters-0@" + all.get(all.size() - 1).offset();
  }

  /** A letter as an earlier version of the service may have left it. */
  private static void produceLetter(TidecastConfig config, String source, byte[] value)
      throws Exception {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>("dead-letters", "c".getBytes(UTF_8), value);
    letter
        .headers()
        .add(DeadLetter.REASON, "OLD_RULE".getBytes(UTF_8))
        .add(DeadLetter.TOPIC, source.getBytes(UTF_8))
        .add(DeadLetter.PARTITION, "0".getBytes(UTF_8))
        .add(DeadLetter.OFFSET, "0".getBytes(UTF_8));
    send(config, letter);
  }

  private static ProducerRecord<byte[], byte[]> record(
      String key, byte[] value, String... headers) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>("observations", key.getBytes(UTF_8), value);
    for (int i = 0; i < headers.length; i += 2) {
      record.headers().add(headers[i], headers[i + 1].getBytes(UTF_8));
    }
    return record;
  }

  private static void send(TidecastConfig config, ProducerRecord<byte[], byte[]> record)
      throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            config.clientProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(record).get();
    }
  }

  private static byte[] observation(String series, long timestamp) {
    return AvroSerdes.at(platform.registryUrl())
        .values(TOPICS.observations())
        .serializer()
        .serialize(
            TOPICS.observations().name(),
            new Observation(series, timestamp, 1.0, List.of(), List.of()));
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
