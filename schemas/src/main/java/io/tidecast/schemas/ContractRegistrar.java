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
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.specific.SpecificData;

/** Registers value schemas under BACKWARD compatibility. */
final class ContractRegistrar implements AutoCloseable {
  private static final String COMPATIBILITY = "BACKWARD";

  private static final int CONFLICT = 409;

  /** Conflicts of instances that start together; more than two meet at a subject hardly ever. */
  private static final int ATTEMPTS = 10;

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
    try {
      for (int attempt = 1; ; attempt++) {
        try {
          registerOnce(subject, schema);
          return;
        } catch (RestClientException e) {
          // Another instance is doing the same at this moment: what it did is found next time.
          if (e.getStatus() != CONFLICT || attempt == ATTEMPTS) {
            throw e;
          }
        }
      }
    } catch (RestClientException e) {
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

  private void registerOnce(String subject, Schema schema) throws IOException, RestClientException {
    AvroSchema portable = new AvroSchema(schema);
    // A registry may know no settings of a subject without a schema, so a new one comes first.
    boolean known = client.getAllSubjects().contains(subject);
    if (known) {
      client.updateCompatibility(subject, COMPATIBILITY);
      if (!client.testCompatibility(subject, portable)) {
        throw refused(subject, schema);
      }
    }
    client.register(subject, portable);
    if (!known) {
      client.updateCompatibility(subject, COMPATIBILITY);
    }
  }

  private ContractException refused(String subject, Schema ours)
      throws IOException, RestClientException {
    Schema registered =
        new Schema.Parser().parse(client.getLatestSchemaMetadata(subject).getSchema());
    String reasons =
        SchemaCompatibility.checkReaderWriterCompatibility(ours, registered)
            .getResult()
            .getIncompatibilities()
            .stream()
            .map(
                fault -> fault.getType() + " at " + fault.getLocation() + ": " + fault.getMessage())
            .collect(Collectors.joining("; "));
    return new ContractException(
        ("schema registry %s: subject '%s': this version's %s cannot read what was written with the"
                + " registered schema (%s): %s. Another program or a newer version owns this topic:"
                + " use another topic prefix, or upgrade")
            .formatted(address, subject, ours.getFullName(), COMPATIBILITY, reasons));
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
