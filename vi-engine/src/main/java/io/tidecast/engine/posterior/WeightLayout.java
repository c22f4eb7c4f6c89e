package io.tidecast.engine.posterior;

import java.util.Arrays;
import java.util.List;

/**
 * How the weight vector is cut into tensors.
 *
 * @param sizes number of weights of each tensor, in order
 */
public record WeightLayout(List<Integer> sizes) {
  public WeightLayout {
    sizes = List.copyOf(sizes);
  }

  /** Number P of weights. */
  public int size() {
    return sizes.stream().mapToInt(Integer::intValue).sum();
  }

  /** Number T of tensors. */
  public int tensors() {
    return sizes.size();
  }

  long[] counts() {
    return sizes.stream().mapToLong(Integer::longValue).toArray();
  }

  /** The first entry of each tensor, of a vector [P] that is constant within tensors. */
  float[] firsts(float[] vector) {
    float[] values = new float[tensors()];
    int at = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = vector[at];
      at += sizes.get(i);
    }
    return values;
  }

  /** A vector [P] that is constant within tensors. */
  float[] spread(float[] values) {
    float[] vector = new float[size()];
    int at = 0;
    for (int i = 0; i < values.length; i++) {
      Arrays.fill(vector, at, at + sizes.get(i), values[i]);
      at += sizes.get(i);
    }
    return vector;
  }
}
