package io.tidecast.engine.supervised;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * What one number in a sample's features means. A category travels as a number: its index in a
 * declared vocabulary, or a hash; {@link #encode} makes that number from a text.
 */
public sealed interface FeatureSpec {

  /** Network inputs that this feature becomes. */
  int width();

  /** Whether the feature may have this value; NaN, which means missing, is judged elsewhere. */
  boolean allows(float value);

  /**
   * The number under which a text travels.
   *
   * @throws IllegalArgumentException if the text is no value of this feature
   */
  float encode(String text);

  /** A measurement, standardised while it streams. */
  record Numeric() implements FeatureSpec {
    @Override
    public int width() {
      return 1;
    }

    @Override
    public boolean allows(float value) {
      return Float.isFinite(value);
    }

    @Override
    public float encode(String text) {
      return Float.parseFloat(text);
    }
  }

  /**
   * A category out of a declared list; one input per entry.
   *
   * @param values the categories in the order of their indices
   */
  record Vocabulary(List<String> values) implements FeatureSpec {
    public Vocabulary {
      values = List.copyOf(values);
      if (values.size() < 2 || values.stream().distinct().count() < values.size()) {
        throw new IllegalArgumentException(
            "vocabulary: expected at least two values, each once, got " + values);
      }
    }

    @Override
    public int width() {
      return values.size();
    }

    @Override
    public boolean allows(float value) {
      return value >= 0 && value < values.size() && value == (int) value;
    }

    @Override
    public float encode(String text) {
      int index = values.indexOf(text);
      if (index < 0) {
        throw new IllegalArgumentException("'%s' is not one of %s".formatted(text, values));
      }
      return index;
    }
  }

  /**
   * A category out of an open set, hashed into buckets (Weinberger et al. 2009, without signs); one
   * input per bucket. Any whole number of up to 24 bits names a category.
   */
  record Hashed(int buckets) implements FeatureSpec {
    private static final int BITS = 24;

    public Hashed {
      if (buckets < 2 || buckets > 4096) {
        throw new IllegalArgumentException("buckets: expected 2 to 4096, got " + buckets);
      }
    }

    @Override
    public int width() {
      return buckets;
    }

    @Override
    public boolean allows(float value) {
      return value >= 0 && value < 1 << BITS && value == (int) value;
    }

    @Override
    public float encode(String text) {
      CRC32C hash = new CRC32C();
      hash.update(text.getBytes(StandardCharsets.UTF_8));
      return hash.getValue() & ((1 << BITS) - 1);
    }

    int bucket(float value) {
      int mixed = ((int) value) * 0x9E3779B1;
      return Math.floorMod(mixed ^ (mixed >>> 15), buckets);
    }
  }
}
