package io.tidecast.schemas;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * The genuine serialiser, which takes any object, narrowed to one type. Its first record asks the
 * registry for the schema's id: a registry that does not answer is told apart from one that refuses
 * the schema.
 */
record ContractSerializer<V>(Serializer<Object> genuine) implements Serializer<V> {
  @Override
  public byte @Nullable [] serialize(String topic, @Nullable V value) {
    return serialize(topic, new RecordHeaders(), value);
  }

  @Override
  public byte @Nullable [] serialize(String topic, Headers headers, @Nullable V value) {
    try {
      return genuine.serialize(topic, headers, value);
    } catch (RuntimeException e) {
      if (Outages.isOutage(e)) {
        throw new RegistryUnavailableException(
            "topic '%s': the schema registry does not answer: %s"
                .formatted(topic, Outages.rootMessage(e)),
            e);
      }
      throw e;
    }
  }

  @Override
  public void close() {
    genuine.close();
  }
}
