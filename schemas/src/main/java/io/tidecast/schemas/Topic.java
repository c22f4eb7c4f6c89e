package io.tidecast.schemas;

import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * One topic and its contract.
 *
 * @param name full name, prefix included
 * @param key what the UTF-8 string key holds, for instance {@code seriesId}
 * @param valueType type of the values: an Avro record, or {@code byte[]} where they pass as they
 *     came
 * @param partitions partitions that a new topic gets
 * @param configs topic configuration that a new topic gets, in Kafka's names and units
 * @param <V> type of the values
 */
public record Topic<V>(
    String name, String key, Class<V> valueType, int partitions, Map<String, String> configs) {

  public Topic {
    configs = Map.copyOf(configs);
  }

  /** Whether the values are Avro records with a schema in the registry. */
  public boolean hasSchema() {
    return SpecificRecord.class.isAssignableFrom(valueType);
  }

  /** Subject of the value schema in the registry, by the TopicNameStrategy. */
  public String valueSubject() {
    return name + "-value";
  }

  /** What an {@code Admin} needs to create the topic, with the brokers' own replication factor. */
  public NewTopic toNewTopic() {
    return new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(configs);
  }
}
