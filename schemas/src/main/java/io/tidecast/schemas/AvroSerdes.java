package io.tidecast.schemas;

import static io.confluent.kafka.serializers.AbstractKafkaSchemaSerDeConfig.AUTO_REGISTER_SCHEMAS;
import static io.confluent.kafka.serializers.AbstractKafkaSchemaSerDeConfig.SCHEMA_REGISTRY_URL_CONFIG;
import static io.confluent.kafka.serializers.AbstractKafkaSchemaSerDeConfig.VALUE_SUBJECT_NAME_STRATEGY;
import static io.confluent.kafka.serializers.KafkaAvroDeserializerConfig.SPECIFIC_AVRO_READER_CONFIG;
import static io.confluent.kafka.serializers.KafkaAvroDeserializerConfig.SPECIFIC_AVRO_VALUE_TYPE_CONFIG;
import static io.confluent.kafka.serializers.KafkaAvroSerializerConfig.AVRO_REMOVE_JAVA_PROPS_CONFIG;

import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.confluent.kafka.serializers.subject.TopicNameStrategy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * Typed serdes over the genuine Confluent serialisers: Avro values under the TopicNameStrategy,
 * schemas registered on first use, read with the schema of our own class whatever the writer's was.
 *
 * <p>Instances are immutable and safe to share between threads; the serdes they make follow Kafka's
 * rules (one per client, closed by it).
 */
public final class AvroSerdes {
  private static final String PREFIX = "schema.registry.";

  private final Map<String, Object> settings;

  /**
   * Serdes for one schema registry.
   *
   * @param clientSettings settings of the Confluent client in its own names ({@code
   *     schema.registry.url}, {@code basic.auth.user.info}, {@code schema.registry.ssl.*}, ...);
   *     what the contracts rest on (specific reader, subject names) cannot be overridden
   * @throws IllegalArgumentException if {@code schema.registry.url} is missing
   */
  public AvroSerdes(Map<String, ?> clientSettings) {
    if (!(clientSettings.get(SCHEMA_REGISTRY_URL_CONFIG) instanceof String url) || url.isBlank()) {
      throw new IllegalArgumentException(
          "%s: expected the address of a schema registry, got none"
              .formatted(SCHEMA_REGISTRY_URL_CONFIG));
    }
    TrustedRecords.trust();
    Map<String, Object> all = new HashMap<>(clientSettings);
    clientSettings.forEach((name, value) -> shortName(name).ifPresent(n -> all.put(n, value)));
    all.put(AUTO_REGISTER_SCHEMAS, true);
    all.put(VALUE_SUBJECT_NAME_STRATEGY, TopicNameStrategy.class);
    all.put(SPECIFIC_AVRO_READER_CONFIG, true);
    // avro.java.string concerns nobody but us: readers in other languages see a clean schema.
    all.put(AVRO_REMOVE_JAVA_PROPS_CONFIG, true);
    settings = Map.copyOf(all);
  }

  /** The client reads some of its authentication settings without the prefix of the others. */
  private static Optional<String> shortName(String name) {
    return name.startsWith(PREFIX + "basic.auth.") || name.startsWith(PREFIX + "bearer.auth.")
        ? Optional.of(name.substring(PREFIX.length()))
        : Optional.empty();
  }

  /** Serdes for the registry at an address without credentials, for instance {@code mock://x}. */
  public static AvroSerdes at(String registryUrl) {
    return new AvroSerdes(Map.of(SCHEMA_REGISTRY_URL_CONFIG, registryUrl));
  }

  /** Serde of every topic's keys: UTF-8 strings. */
  public Serde<String> keys() {
    return Serdes.String();
  }

  /** Serde of the Avro values of a topic, bound to their one class. */
  public <V extends SpecificRecord> Serde<V> values(Topic<V> topic) {
    KafkaAvroSerializer serializer = new KafkaAvroSerializer();
    serializer.configure(settings, false);
    Map<String, Object> reading = new HashMap<>(settings);
    // The writer's schema names a class, and the writer is not trusted: only ours is instantiated.
    reading.put(SPECIFIC_AVRO_VALUE_TYPE_CONFIG, topic.valueType().getName());
    return Serdes.serdeFrom(
        new ContractSerializer<>(serializer), new ContractDeserializer<>(topic, reading));
  }

  /**
   * Makes the contracts known before any record flows: registers the value schema of each topic and
   * sets BACKWARD compatibility on its subject.
   *
   * @throws ContractException if the registry cannot be reached, or refuses a schema because
   *     consumers of the registered one could not go on
   */
  public void registerContracts(Topics topics) {
    try (ContractRegistrar registrar = ContractRegistrar.connect(settings)) {
      for (Topic<?> topic : topics.all()) {
        if (topic.hasSchema()) {
          registrar.register(topic);
        }
      }
    }
  }
}
