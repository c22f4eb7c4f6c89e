package io.tidecast.schemas;

import static io.confluent.kafka.serializers.AbstractKafkaSchemaSerDeConfig.SCHEMA_REGISTRY_URL_CONFIG;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaUtils;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/** Registers value schemas under BACKWARD compatibility. */
final class ContractRegistrar implements AutoCloseable {
  private static final String COMPATIBILITY = "BACKWARD";
  private static final int HTTP_CONFLICT = 409;

  private final SchemaRegistryClient client;
  private final String address;

  private ContractRegistrar(SchemaRegistryClient client, String address) {
    this.client = client;
    this.address = address;
  }

  static ContractRegistrar connect(Map<String, ?> settings) {
    String url = String.valueOf(settings.get(SCHEMA_REGISTRY_URL_CONFIG));
    SchemaRegistryClient client =
        SchemaRegistryClientFactory.newClient(
            Arrays.stream(url.split(",", -1)).map(String::strip).toList(),
            100,
            List.of(new AvroSchemaProvider()),
            new TreeMap<>(settings),
            Map.of());
    return new ContractRegistrar(client, url.replaceAll("//[^/@,]*@", "//***@"));
  }

  void register(Topic<?> topic) {
    Schema schema = SpecificData.get().getSchema(topic.valueType());
    Object instance = SpecificData.newInstance(topic.valueType(), schema);
    // As the serialiser will see it, without Java's own properties: start-up and first use agree.
    register(topic.valueSubject(), AvroSchemaUtils.getSchema(instance, false, false, true));
  }

  void register(String subject, Schema schema) {
    AvroSchema portable = new AvroSchema(schema);
    try {
      // A registry may know no settings of a subject without a schema, so a new one comes first.
      boolean known = client.getAllSubjects().contains(subject);
      if (known) {
        client.updateCompatibility(subject, COMPATIBILITY);
        List<String> faults = client.testCompatibilityVerbose(subject, portable);
        if (!faults.isEmpty()) {
          throw refused(subject, schema, String.join("; ", faults));
        }
      }
      client.register(subject, portable);
      if (!known) {
        client.updateCompatibility(subject, COMPATIBILITY);
      }
    } catch (RestClientException e) {
      if (e.getStatus() == HTTP_CONFLICT) {
        throw refused(subject, schema, String.valueOf(e.getMessage()));
      }
      throw new ContractException(
          "schema registry %s: subject '%s': %s (HTTP %d)"
              .formatted(address, subject, e.getMessage(), e.getStatus()),
          e);
    } catch (IOException e) {
      throw new ContractException(
          "schema registry %s does not answer (%s): start it, or correct %s"
              .formatted(address, e, SCHEMA_REGISTRY_URL_CONFIG),
          e);
    }
  }

  private ContractException refused(String subject, Schema schema, String faults) {
    return new ContractException(
        ("schema registry %s: subject '%s' refuses this version's %s as not %s compatible with the"
                + " registered one: %s. Another program or a newer Tidecast owns this topic: use"
                + " another topic prefix, or this program in its newer version")
            .formatted(address, subject, schema.getFullName(), COMPATIBILITY, faults));
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      throw new ContractException("schema registry %s: cannot close".formatted(address), e);
    }
  }
}
