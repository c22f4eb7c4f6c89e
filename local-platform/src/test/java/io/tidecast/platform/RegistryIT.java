package io.tidecast.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.tidecast.schemas.AvroSerdes;
import io.tidecast.schemas.ContractException;
import io.tidecast.schemas.RegistryUnavailableException;
import io.tidecast.schemas.Topic;
import io.tidecast.schemas.Topics;
import io.tidecast.schemas.avro.Observation;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contracts against the registry that the local platform runs. */
class RegistryIT {
  private static final Schema WITHOUT_COVARIATES =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Observation", "namespace": "io.tidecast.schemas.avro", "fields": [
                {"name": "seriesId", "type": "string"},
                {"name": "timestamp", "type": "long"}]}
              """);
  private static final Schema WITH_A_NEW_NECESSITY =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Observation", "namespace": "io.tidecast.schemas.avro", "fields": [
                {"name": "seriesId", "type": "string"},
                {"name": "timestamp", "type": "long"},
                {"name": "tenant", "type": "string"}]}
              """);

  private static LocalPlatform platform;
  private static SchemaRegistryClient client;

  @BeforeAll
  static void start() {
    platform = LocalPlatform.start(LocalPlatformSettings.temporary());
    client = new CachedSchemaRegistryClient(platform.registryUrl(), 100);
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  @Test
  void contracts_are_registered_once_and_backward_compatible() throws Exception {
    Topics topics = new Topics("once-", 1);
    AvroSerdes serdes = AvroSerdes.at(platform.registryUrl());
    serdes.registerContracts(topics);
    serdes.registerContracts(topics);
    try (Serde<Observation> serde = serdes.values(topics.observations())) {
      byte[] bytes =
          serde.serializer().serialize(topics.observations().name(), TestData.observation("a", 1));
      assertThat(serde.deserializer().deserialize(topics.observations().name(), bytes))
          .isEqualTo(TestData.observation("a", 1));
    }

    for (Topic<?> topic : topics.all()) {
      if (topic.hasSchema()) {
        assertThat(client.getAllVersions(topic.valueSubject())).hasSize(1);
        assertThat(client.getCompatibility(topic.valueSubject())).isEqualTo("BACKWARD");
      }
    }
  }

  @Test
  void instances_that_start_together_all_register() throws Exception {
    ExecutorService instances = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 5; round++) {
        Topics topics = new Topics("together-" + round + "-", 1);
        List<Callable<@Nullable Void>> starts =
            Collections.nCopies(
                4,
                () -> {
                  AvroSerdes.at(platform.registryUrl()).registerContracts(topics);
                  return null;
                });
        for (Future<@Nullable Void> start : instances.invokeAll(starts)) {
          start.get();
        }
        String subject = topics.observations().valueSubject();
        assertThat(client.getAllVersions(subject)).hasSize(1);
        assertThat(client.getCompatibility(subject)).isEqualTo("BACKWARD");
      }
    } finally {
      instances.shutdownNow();
    }
  }

  @Test
  void records_written_with_an_older_schema_are_read_after_the_subject_has_evolved()
      throws Exception {
    Topics topics = new Topics("older-", 1);
    String name = topics.observations().name();
    byte[] old;
    try (KafkaAvroSerializer writer = new KafkaAvroSerializer()) {
      writer.configure(Map.of("schema.registry.url", platform.registryUrl()), false);
      old =
          writer.serialize(
              name,
              new GenericRecordBuilder(WITHOUT_COVARIATES)
                  .set("seriesId", "a")
                  .set("timestamp", 7L)
                  .build());
    }
    AvroSerdes serdes = AvroSerdes.at(platform.registryUrl());
    serdes.registerContracts(topics);

    assertThat(client.getAllVersions(name + "-value")).containsExactly(1, 2);
    try (Serde<Observation> serde = serdes.values(topics.observations())) {
      Observation read = serde.deserializer().deserialize(name, old);
      assertThat(read.getTimestamp()).isEqualTo(7);
      assertThat(read.getValue()).isNull();
      assertThat(read.getCovariates()).isEmpty();
    }
  }

  @Test
  void an_incompatible_schema_is_refused_to_others_and_to_us() throws Exception {
    Topics ours = new Topics("ours-", 1);
    AvroSerdes.at(platform.registryUrl()).registerContracts(ours);
    assertThatThrownBy(
            () ->
                client.register(
                    ours.observations().valueSubject(), new AvroSchema(WITH_A_NEW_NECESSITY)))
        .isInstanceOfSatisfying(
            RestClientException.class, e -> assertThat(e.getStatus()).isEqualTo(409));

    Topics theirs = new Topics("theirs-", 1);
    Schema timeAsText =
        new Schema.Parser().parse(WITHOUT_COVARIATES.toString().replace("\"long\"", "\"string\""));
    client.register(theirs.observations().valueSubject(), new AvroSchema(timeAsText));
    assertThatThrownBy(() -> AvroSerdes.at(platform.registryUrl()).registerContracts(theirs))
        .isInstanceOf(ContractException.class)
        .hasMessageContaining("theirs-observations-value")
        .hasMessageContaining("/fields/1/type");
  }

  @Test
  void a_registry_that_is_down_is_not_the_records_fault() throws Exception {
    Topics topics = new Topics("down-", 1);
    String name = topics.observations().name();
    AvroSerdes serdes = AvroSerdes.at(platform.registryUrl());
    try (Serde<Observation> writing = serdes.values(topics.observations());
        Serde<Observation> reading = serdes.values(topics.observations())) {
      byte[] bytes = writing.serializer().serialize(name, TestData.observation("a", 1));
      platform.registry().stop();
      try {
        assertThatThrownBy(() -> reading.deserializer().deserialize(name, bytes))
            .isInstanceOf(RegistryUnavailableException.class);
        assertThatThrownBy(() -> serdes.registerContracts(topics))
            .isInstanceOf(ContractException.class)
            .hasMessageContaining(platform.registryUrl())
            .hasMessageContaining("does not answer");
      } finally {
        platform.registry().start();
      }
      assertThat(reading.deserializer().deserialize(name, bytes))
          .isEqualTo(TestData.observation("a", 1));
    }
  }
}
