package io.tidecast.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.tidecast.schemas.avro.ClassMeans;
import io.tidecast.schemas.avro.ClassWorth;
import io.tidecast.schemas.avro.Coverage;
import io.tidecast.schemas.avro.Forecast;
import io.tidecast.schemas.avro.LabeledSample;
import io.tidecast.schemas.avro.LeadTime;
import io.tidecast.schemas.avro.LeadTimeScore;
import io.tidecast.schemas.avro.ModelVersion;
import io.tidecast.schemas.avro.Observation;
import io.tidecast.schemas.avro.Prediction;
import io.tidecast.schemas.avro.SampleScore;
import io.tidecast.schemas.avro.Score;
import io.tidecast.schemas.avro.Uncertainty;
import io.tidecast.schemas.avro.UncertaintyMeasure;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class AvroSerdesTest {
  private static final String REGISTRY = "mock://serdes";
  private static final ModelVersion VERSION = new ModelVersion(2L, 99L);

  private final Topics topics = Topics.standard();
  private static final ModelTopics MODEL = ModelTopics.of("m");

  private final AvroSerdes serdes = AvroSerdes.at(REGISTRY);

  @Test
  void every_contract_is_read_as_it_was_written() {
    assertRoundTrip(
        topics.observations(),
        new Observation("a", 1L, Double.NaN, List.of(1.0), List.of(List.of(2.0), List.of(3.0))));
    assertRoundTrip(
        topics.samples(MODEL),
        new LabeledSample("s", "a", 1L, List.of(1f, 2f), List.of(1, 2), 3.0, "m"));
    assertRoundTrip(
        topics.forecasts(),
        new Forecast(
            "a",
            1L,
            VERSION,
            10L,
            60_000L,
            List.of(.05, .5, .95),
            List.of(new LeadTime(1, 5.0, List.of(4.0, 5.0, 6.0), .3, .4, List.of(.75, .25))),
            List.of("last-value", "network"),
            new Coverage(.5, .8, null, null),
            true,
            List.of(List.of(5.5), List.of(4.5))));
    assertRoundTrip(
        topics.scores(),
        new Score(
            "a",
            1L,
            5.5,
            List.of(new LeadTimeScore(1, .2, -1.1, .7, true, true, true, true)),
            .4,
            .1));
    assertRoundTrip(
        topics.predictions(MODEL),
        new Prediction(
            "s",
            "a",
            VERSION,
            List.of(.25, .75),
            null,
            List.of(),
            List.of(),
            new Uncertainty(UncertaintyMeasure.ENTROPY, .56, .06, .5),
            1L,
            "m",
            List.of(1),
            .4,
            Map.of("network", 1.0)));
    assertRoundTrip(
        topics.scores(MODEL),
        new SampleScore(
            "s",
            "a",
            "m",
            1L,
            1.0,
            new ClassWorth(.3, .1, true, true),
            new ClassMeans(7L, .9, .3, .1, .02, .91)));
  }

  @Test
  void bytes_that_are_not_of_the_contract_are_a_serialization_error_that_names_it() {
    try (Serde<Observation> serde = serdes.values(topics.observations())) {
      assertThatThrownBy(
              () ->
                  serde
                      .deserializer()
                      .deserialize("observations", "{\"v\":1}".getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining("topic 'observations'")
          .hasMessageContaining("7 bytes")
          .hasMessageContaining("no Observation");
      assertThatThrownBy(
              () -> serde.deserializer().deserialize("observations", new byte[] {0, 0, 9, 9, 9, 1}))
          .isInstanceOf(SerializationException.class);
    }
  }

  @Test
  void a_writers_schema_never_chooses_the_class_that_is_instantiated() {
    Schema named =
        SchemaBuilder.record("URI").namespace("java.net").fields().requiredString("s").endRecord();
    byte[] bytes;
    try (KafkaAvroSerializer writer = new KafkaAvroSerializer()) {
      writer.configure(Map.of("schema.registry.url", REGISTRY), false);
      bytes = writer.serialize("foreign", new GenericRecordBuilder(named).set("s", "x").build());
    }
    Topic<Observation> foreign = new Topic<>("foreign", "seriesId", Observation.class, 1, Map.of());
    try (Serde<Observation> serde = serdes.values(foreign)) {
      assertThatThrownBy(() -> serde.deserializer().deserialize("foreign", bytes))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining("Observation");
    }
    assertThat(named.getFullName()).isEqualTo(URI.class.getName());
  }

  @Test
  void a_registry_without_an_address_is_refused() {
    assertThatThrownBy(() -> new AvroSerdes(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("schema.registry.url");
  }

  @Test
  void an_unreachable_registry_is_named_without_its_password() {
    AvroSerdes nowhere = AvroSerdes.at("http://user:secret@127.0.0.1:1");

    assertThatThrownBy(() -> nowhere.registerContracts(topics))
        .isInstanceOf(ContractException.class)
        .hasMessageContaining("http://***@127.0.0.1:1 does not answer")
        .hasMessageNotContaining("secret");
  }

  private <V extends SpecificRecord> void assertRoundTrip(Topic<V> topic, V value) {
    try (Serde<V> serde = serdes.values(topic)) {
      byte[] bytes = serde.serializer().serialize(topic.name(), value);
      assertThat(serde.deserializer().deserialize(topic.name(), bytes)).isEqualTo(value);
    }
  }
}
