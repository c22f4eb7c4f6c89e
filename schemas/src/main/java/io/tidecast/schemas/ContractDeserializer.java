package io.tidecast.schemas;

import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * The genuine deserialiser for the values of one topic, with its two failures told apart: a record
 * that breaks the contract ({@link SerializationException}, a dead letter) and a registry that does
 * not answer ({@link RegistryUnavailableException}, no fault of the record).
 */
final class ContractDeserializer<V> implements Deserializer<V> {
  private final Topic<V> contract;
  private final KafkaAvroDeserializer genuine = new KafkaAvroDeserializer();

  ContractDeserializer(Topic<V> contract, Map<String, ?> settings) {
    this.contract = contract;
    genuine.configure(settings, false);
  }

  @Override
  public @Nullable V deserialize(String topic, byte @Nullable [] bytes) {
    return deserialize(topic, new RecordHeaders(), bytes);
  }

  @Override
  public @Nullable V deserialize(String topic, Headers headers, byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    Object value;
    try {
      value = genuine.deserialize(topic, headers, bytes);
    } catch (RuntimeException e) {
      if (Outages.isOutage(e)) {
        throw new RegistryUnavailableException(
            "topic '%s': the schema registry does not answer: %s"
                .formatted(topic, Outages.rootMessage(e)),
            e);
      }
      throw new SerializationException(
          "topic '%s': the value of %d bytes is no %s: %s"
              .formatted(
                  topic,
                  bytes.length,
                  contract.valueType().getSimpleName(),
                  Outages.rootMessage(e)),
          e);
    }
    if (!contract.valueType().isInstance(value)) {
      throw new SerializationException(
          "topic '%s': expected a value of type %s, got %s"
              .formatted(topic, contract.valueType().getName(), value.getClass().getName()));
    }
    return contract.valueType().cast(value);
  }

  @Override
  public void close() {
    genuine.close();
  }
}
