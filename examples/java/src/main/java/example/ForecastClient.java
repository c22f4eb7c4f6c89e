package example;

import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Produces observations of one series and prints the forecasts that come back. */
public final class ForecastClient {
  private static final long MINUTE = 60_000;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private ForecastClient() {}

  /**
   * Runs the example.
   *
   * @param args brokers, registry, series, number of forecasts to wait for
   */
  public static void main(String[] args) throws Exception {
    if (args.length != 4) {
      System.err.println("usage: ForecastClient BROKERS REGISTRY SERIES FORECASTS");
      System.exit(2);
    }
    Properties common = new Properties();
    common.put("bootstrap.servers", args[0]);
    common.put("schema.registry.url", args[1]);
    String series = args[2];
    int wanted = Integer.parseInt(args[3]);
    try (KafkaConsumer<String, Object> consumer = consumer(common)) {
      // Before anything is sent, so that no forecast is missed; in a group of its own.
      consumer.subscribe(List.of("forecasts"));
      while (consumer.assignment().isEmpty()) {
        consumer.poll(Duration.ofMillis(200));
      }
      consumer.assignment().forEach(consumer::position);
      produce(common, series, wanted + 10);
      print(consumer, series, wanted);
    }
  }

  private static void produce(Properties common, String series, int n) throws Exception {
    Properties p = new Properties();
    p.putAll(common);
    p.put("acks", "all");
    // The service has registered the contract; clients only use it.
    p.put("auto.register.schemas", false);
    Schema observation = contract(p, "observations-value");
    Random noise = new Random(1);
    long start = Instant.now().toEpochMilli() / MINUTE * MINUTE - n * MINUTE;
    try (KafkaProducer<String, Object> producer =
        new KafkaProducer<>(p, new StringSerializer(), avro(p))) {
      for (int t = 0; t < n; t++) {
        GenericRecord o =
            new GenericRecordBuilder(observation)
                .set("seriesId", series)
                .set("timestamp", start + t * MINUTE)
                .set("value", 10 + Math.sin(t / 10.0) + 0.1 * noise.nextGaussian())
                .build(); // null would mean: measured as missing
        // The series id is the key: records of one series must share a partition.
        producer.send(new ProducerRecord<>("observations", series, o));
      }
    }
  }

  private static Schema contract(Properties p, String subject) throws Exception {
    try (SchemaRegistryClient registry =
        new CachedSchemaRegistryClient(p.getProperty("schema.registry.url"), 10)) {
      return new Schema.Parser().parse(registry.getLatestSchemaMetadata(subject).getSchema());
    }
  }

  private static void print(KafkaConsumer<String, Object> consumer, String series, int wanted) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    int seen = 0;
    while (seen < wanted) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "%d of %d forecasts after %s: is the service running?"
                .formatted(seen, wanted, PATIENCE));
      }
      for (ConsumerRecord<String, Object> r : consumer.poll(Duration.ofMillis(200))) {
        if (r.key().equals(series)) {
          seen++;
          System.out.println(line((GenericRecord) r.value()));
        }
      }
    }
  }

  /** The next step: median and 90 % band. */
  private static String line(GenericRecord f) {
    List<?> levels = (List<?>) f.get("quantileLevels");
    GenericRecord next = (GenericRecord) ((List<?>) f.get("leadTimes")).get(0);
    List<?> quantiles = (List<?>) next.get("quantiles");
    return "%s at %s: next %.3f, 90 %% band %.3f to %.3f%s"
        .formatted(
            f.get("seriesId"),
            Instant.ofEpochMilli((Long) f.get("issuedAt")),
            (Double) quantiles.get(levels.indexOf(0.5)),
            (Double) quantiles.get(levels.indexOf(0.05)),
            (Double) quantiles.get(levels.indexOf(0.95)),
            (Boolean) f.get("warmingUp") ? " (warming up)" : "");
  }

  private static KafkaConsumer<String, Object> consumer(Properties common) {
    Properties p = new Properties();
    p.putAll(common);
    p.put("group.id", "forecast-client-" + UUID.randomUUID());
    p.put("auto.offset.reset", "latest");
    // Without this one reads forecasts whose transaction was rolled back.
    p.put("isolation.level", "read_committed");
    KafkaAvroDeserializer values = new KafkaAvroDeserializer();
    values.configure(map(p), false);
    return new KafkaConsumer<>(p, new StringDeserializer(), values);
  }

  private static KafkaAvroSerializer avro(Properties p) {
    KafkaAvroSerializer values = new KafkaAvroSerializer();
    values.configure(map(p), false);
    return values;
  }

  private static Map<String, Object> map(Properties p) {
    Map<String, Object> map = new HashMap<>();
    p.forEach((name, value) -> map.put(name.toString(), value));
    return map;
  }
}
