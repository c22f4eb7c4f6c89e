package io.tidecast.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.testutil.MockSchemaRegistry;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.tidecast.schemas.avro.Observation;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EvolutionTest {
  private static final String SCOPE = "evolution";
  private static final String REGISTRY = "mock://" + SCOPE;

  private final Topic<Observation> topic = Topics.standard().observations();
  private final AvroSerdes serdes = AvroSerdes.at(REGISTRY);
  private final SchemaRegistryClient client =
      MockSchemaRegistry.getClientForScope(SCOPE, List.of(new AvroSchemaProvider()));

  @AfterEach
  void forgetSchemas() {
    MockSchemaRegistry.dropScope(SCOPE);
  }

  @Test
  void what_was_written_with_the_old_schema_is_read_with_the_new_one() throws IOException {
    Schema old = schema("Observation-without-covariates.avsc");
    byte[] bytes;
    try (KafkaAvroSerializer writer = new KafkaAvroSerializer()) {
      writer.configure(Map.of("schema.registry.url", REGISTRY), false);
      bytes =
          writer.serialize(
              topic.name(),
              new GenericRecordBuilder(old)
                  .set("seriesId", "pump-7")
                  .set("timestamp", 42L)
                  .set("value", 1.5)
                  .build());
    }
    serdes.registerContracts(Topics.standard());

    try (Serde<Observation> serde = serdes.values(topic)) {
      assertThat(serde.deserializer().deserialize(topic.name(), bytes))
          .isEqualTo(new Observation("pump-7", 42L, 1.5, List.of(), List.of()));
    }
  }

  @Test
  void a_registered_schema_that_ours_cannot_read_stops_the_start_and_says_which_field()
      throws Exception {
    Schema foreign =
        new Schema.Parser()
            .parse(
                schema("Observation-without-covariates.avsc")
                    .toString()
                    .replace("\"long\"", "\"string\""));
    client.register(topic.valueSubject(), new AvroSchema(foreign));

    assertThatThrownBy(() -> serdes.registerContracts(Topics.standard()))
        .isInstanceOf(ContractException.class)
        .hasMessageContaining("observations-value")
        .hasMessageContaining("/fields/1/type")
        .hasMessageContaining("use another topic prefix");
    assertThat(client.getAllVersions(topic.valueSubject())).hasSize(1);
  }

  @Test
  void a_later_schema_with_a_new_necessity_is_refused() throws Exception {
    serdes.registerContracts(Topics.standard());
    Schema later =
        new Schema.Parser()
            .parse(
                schema("Observation-without-covariates.avsc")
                    .toString()
                    .replace(
                        "{\"name\":\"timestamp\"",
                        "{\"name\":\"tenant\",\"type\":\"string\"},{\"name\":\"timestamp\""));

    assertThat(later.getField("tenant")).isNotNull();
    assertThat(client.getCompatibility(topic.valueSubject())).isEqualTo("BACKWARD");
    assertThat(client.testCompatibility(topic.valueSubject(), new AvroSchema(later))).isFalse();
  }

  @Test
  void registering_the_contracts_and_writing_agree_on_one_version() throws Exception {
    serdes.registerContracts(Topics.standard());
    serdes.registerContracts(Topics.standard());
    try (Serde<Observation> serde = serdes.values(topic)) {
      serde
          .serializer()
          .serialize(topic.name(), new Observation("a", 1L, null, List.of(), List.of()));
    }

    assertThat(client.getAllVersions(topic.valueSubject())).containsExactly(1);
    assertThat(client.getLatestSchemaMetadata(topic.valueSubject()).getSchema())
        .doesNotContain("avro.java.string");
  }

  private static Schema schema(String resource) throws IOException {
    try (InputStream in = EvolutionTest.class.getResourceAsStream(resource)) {
      return new Schema.Parser().parse(in);
    }
  }
}
