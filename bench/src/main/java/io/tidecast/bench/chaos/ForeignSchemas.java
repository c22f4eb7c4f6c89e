package io.tidecast.bench.chaos;

import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.tidecast.app.config.TidecastConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;

/** Values that are valid Avro under schemas that the registry knows, but are no observations. */
final class ForeignSchemas {
  private static final String NAMESPACE = "io.tidecast.schemas.avro";

  private ForeignSchemas() {}

  /** What is wrong, and the bytes. */
  static Map<String, byte[]> values(TidecastConfig config) {
    Map<String, Object> foreign = new LinkedHashMap<>();
    foreign.put("an Avro string", "series-00");
    foreign.put("an Avro int", 7);
    foreign.put("an Avro long", 7L);
    foreign.put("an Avro double", 1.5);
    foreign.put("an Avro boolean", true);
    foreign.put(
        "an Avro array",
        new GenericData.Array<>(
            Schema.createArray(Schema.create(Schema.Type.DOUBLE)), List.of(1.0, 2.0)));
    foreign.put(
        "a record of another name",
        new GenericRecordBuilder(
                SchemaBuilder.record("Measurement")
                    .namespace(NAMESPACE)
                    .fields()
                    .requiredString("seriesId")
                    .requiredLong("timestamp")
                    .endRecord())
            .set("seriesId", "series-00")
            .set("timestamp", 1L)
            .build());
    foreign.put(
        "an Observation without a timestamp",
        new GenericRecordBuilder(
                SchemaBuilder.record("Observation")
                    .namespace(NAMESPACE)
                    .fields()
                    .requiredString("seriesId")
                    .endRecord())
            .set("seriesId", "series-00")
            .build());
    foreign.put(
        "an Observation whose timestamp is text",
        new GenericRecordBuilder(
                SchemaBuilder.record("Observation")
                    .namespace(NAMESPACE)
                    .fields()
                    .requiredString("seriesId")
                    .requiredString("timestamp")
                    .endRecord())
            .set("seriesId", "series-00")
            .set("timestamp", "2026-01-01T00:00:00Z")
            .build());
    foreign.put(
        "an Observation whose value is text",
        new GenericRecordBuilder(
                SchemaBuilder.record("Observation")
                    .namespace(NAMESPACE)
                    .fields()
                    .requiredString("seriesId")
                    .requiredLong("timestamp")
                    .requiredString("value")
                    .endRecord())
            .set("seriesId", "series-00")
            .set("timestamp", 1L)
            .set("value", "1.0")
            .build());
    Map<String, byte[]> bytes = new LinkedHashMap<>();
    try (KafkaAvroSerializer serializer = new KafkaAvroSerializer()) {
      serializer.configure(config.registryProperties(), false);
      int subject = 0;
      for (Map.Entry<String, Object> e : foreign.entrySet()) {
        bytes.put(e.getKey(), serializer.serialize("foreign-" + subject++, e.getValue()));
      }
    }
    return bytes;
  }
}
