package io.tidecast.bench.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.service.KafkaTopics;
import io.tidecast.schemas.AvroSerdes;
import io.tidecast.schemas.Topic;
import io.tidecast.schemas.avro.Observation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Records that must never be learned from: broken bytes, foreign schemas, impossible values, times,
 * keys and sizes. Each is wrong in one way and comes with the reason that it must be refused for.
 */
final class BadInputs {
  private static final String SERIES = Input.series(0);
  private static final int LARGE = 900_000;

  private final List<BadInput> all = new ArrayList<>();
  private final Topic<Observation> topic;
  private final AvroSerdes serdes;
  private final Random random;
  private final long now;

  /**
   * A record and the reason that it must be refused for.
   *
   * @param name what is wrong with it
   */
  record BadInput(String name, String reason, byte @Nullable [] key, byte @Nullable [] value) {}

  private BadInputs(TidecastConfig config, long seed, long now) {
    topic = KafkaTopics.topics(config).observations();
    serdes = new AvroSerdes(config.registryProperties());
    random = new Random(seed);
    this.now = now;
  }

  /**
   * All of them, in an order that the seed decides.
   *
   * @param now a time that the stream has reached, milliseconds since the epoch
   */
  static List<BadInput> generate(TidecastConfig config, long seed, long now) {
    BadInputs bad = new BadInputs(config, seed, now);
    bad.bytes();
    bad.truncations();
    ForeignSchemas.values(config)
        .forEach((name, value) -> bad.add(name, "MALFORMED", SERIES, value));
    bad.keys();
    bad.values();
    bad.times();
    bad.identities();
    bad.covariates();
    Collections.shuffle(bad.all, bad.random);
    return List.copyOf(bad.all);
  }

  private void bytes() {
    add("no bytes", new byte[0]);
    add("one byte", new byte[] {7});
    add("magic byte alone", new byte[] {0});
    add("half a schema id", new byte[] {0, 0, 0});
    add("schema id without a body", Arrays.copyOf(good(), 5));
    add("wrong magic byte", changed(good(), 0, 1));
    add("highest magic byte", changed(good(), 0, 255));
    add("unknown schema id", changed(good(), 2, 77));
    add("largest schema id", new byte[] {0, 127, -1, -1, -1, 2, 2});
    add("negative schema id", new byte[] {0, -1, -1, -1, -1, 2, 2});
    add("schema id zero", new byte[] {0, 0, 0, 0, 0, 2, 2});
    add("JSON", "{\"seriesId\":\"series-00\",\"timestamp\":1,\"value\":2}".getBytes(UTF_8));
    add("XML", "<observation series='series-00' value='2'/>".getBytes(UTF_8));
    add("CSV", "series-00,2026-01-01T00:00:00Z,2.0".getBytes(UTF_8));
    add("zeros", new byte[64]);
    byte[] ones = new byte[64];
    Arrays.fill(ones, (byte) 0xff);
    add("ones", ones);
    add("noise of 16 bytes", noise(16));
    add("noise of 1 kB", noise(1_000));
    add("noise of 100 kB", noise(100_000));
    add("noise of 900 kB", noise(LARGE));
    byte[] hugeLength = Arrays.copyOf(good(), 12);
    Arrays.fill(hugeLength, 5, 12, (byte) 0xff);
    add("a string of impossible length", hugeLength);
  }

  private void truncations() {
    int length = good().length;
    for (int cut : new int[] {6, 8, 12, 15, 17, length - 9, length - 2, length - 1}) {
      add("cut off after %d of %d bytes".formatted(cut, length), Arrays.copyOf(good(), cut));
    }
  }

  private void keys() {
    all.add(new BadInput("no key", "NO_KEY", null, good()));
    all.add(new BadInput("empty key", "KEY_MISMATCH", new byte[0], good()));
    all.add(new BadInput("key not UTF-8", "MALFORMED_KEY", new byte[] {(byte) 0xff}, good()));
    all.add(
        new BadInput("key cut within a letter", "MALFORMED_KEY", new byte[] {(byte) 0xc3}, good()));
    all.add(
        new BadInput(
            "key with overlong zero", "MALFORMED_KEY", new byte[] {(byte) 0xc0, -128}, good()));
    for (String key :
        List.of(Input.series(1), SERIES + " ", " " + SERIES, "SERIES-00", "series-00")) {
      add(
          "key '%s', %d characters".formatted(key.substring(0, 9), key.length()),
          "KEY_MISMATCH",
          key,
          good());
    }
    add("key with a byte-order mark", "KEY_MISMATCH", "\uFEFF" + SERIES, good());
    add("key of 900 kB", "KEY_MISMATCH", "k".repeat(LARGE), good());
    all.add(new BadInput("no value", "NO_VALUE", SERIES.getBytes(UTF_8), null));
    all.add(new BadInput("neither key nor value", "NO_VALUE", null, null));
  }

  private void values() {
    for (double value :
        new double[] {
          Double.NaN,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          Double.MAX_VALUE,
          -Double.MAX_VALUE,
          1e141,
          -1e141
        }) {
      add("value " + value, "NON_FINITE_VALUE", SERIES, good(SERIES, now, value));
    }
  }

  private void times() {
    for (long time : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 253_402_300_800_000L}) {
      add("timestamp " + time, "IMPOSSIBLE_TIMESTAMP", SERIES, good(SERIES, time, 1));
    }
    add("timestamp 0", "TOO_LATE", SERIES, good(SERIES, 0, 1));
    add("two hours late", "TOO_LATE", SERIES, good(SERIES, now - 7_200_000, 1));
    add("half the stream late", "TOO_LATE", SERIES, good(SERIES, now / 2, 1));
    add("seconds for milliseconds", "TOO_LATE", SERIES, good(SERIES, now / 1000, 1));
  }

  private void identities() {
    for (String id : List.of("", " ", "\t\n", "x".repeat(513), "x".repeat(10_000))) {
      add(
          "series id of %d characters".formatted(id.length()),
          "BAD_SERIES_ID",
          id,
          good(id, now, 1));
    }
    String large = "x".repeat(LARGE / 2);
    add("series id of 450 kB", "BAD_SERIES_ID", large, good(large, now, 1));
  }

  private void covariates() {
    for (int count : new int[] {1, 3, 1000}) {
      add(
          count + " covariates instead of none",
          "WRONG_COVARIATES",
          SERIES,
          serialized(
              new Observation(SERIES, now, 1.0, Collections.nCopies(count, 1.0), List.of())));
    }
    for (List<List<Double>> rows :
        List.of(
            List.of(List.of(1.0)),
            List.of(List.<Double>of()),
            List.of(List.of(1.0), List.of(1.0, 2.0)))) {
      add(
          "covariates known ahead: " + rows,
          "WRONG_KNOWN_FUTURE",
          SERIES,
          serialized(new Observation(SERIES, now, 1.0, List.of(), rows)));
    }
  }

  private void add(String name, byte[] value) {
    add(name, "MALFORMED", SERIES, value);
  }

  private void add(String name, String reason, String key, byte[] value) {
    all.add(new BadInput(name, reason, key.getBytes(UTF_8), value));
  }

  private byte[] good() {
    return good(SERIES, now, 1);
  }

  private byte[] good(String series, long timestamp, double value) {
    return serialized(new Observation(series, timestamp, value, List.of(), List.of()));
  }

  private byte[] serialized(Observation o) {
    try (var serde = serdes.values(topic)) {
      return serde.serializer().serialize(topic.name(), o);
    }
  }

  private byte[] noise(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    bytes[0] |= 1;
    return bytes;
  }

  private static byte[] changed(byte[] bytes, int at, int value) {
    bytes[at] = (byte) value;
    return bytes;
  }
}
