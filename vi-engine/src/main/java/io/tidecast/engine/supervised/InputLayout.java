package io.tidecast.engine.supervised;

import io.tidecast.engine.supervised.SupervisedSettings.Inputs;
import java.util.List;

/**
 * Where the parts of a row lie, and the way from features to a row to network inputs.
 *
 * <p>A row [width] = features as inputs (a measurement in its own unit, NaN where missing; a
 * category as one-hot), then flags of missing features, then the label history. Rows are kept
 * unscaled, so replayed ones follow the running scale.
 */
final class InputLayout {
  private static final float CLIP = 6;

  private final Inputs inputs;
  private final int[] at;
  private final int[] group;
  private final int flags;
  private final int history;
  private final int width;
  private final int groups;

  InputLayout(Inputs inputs, int historyWidth) {
    this.inputs = inputs;
    int d = inputs.features().size();
    at = new int[d];
    group = new int[d];
    int next = 0;
    for (int i = 0; i < d; i++) {
      at[i] = next;
      next += inputs.features().get(i).width();
    }
    flags = next;
    history = flags + (inputs.missing() ? d : 0);
    width = history + historyWidth;
    int channels = channels(inputs.shape());
    groups = channels > 0 ? channels : d;
    for (int i = 0; i < d; i++) {
      group[i] = channels > 0 ? i / (d / channels) : i;
    }
  }

  /** A third dimension counts channels; 0 where features are scaled one by one. */
  private static int channels(List<Integer> shape) {
    return switch (shape.size()) {
      case 0, 1 -> 0;
      case 2 -> 1;
      default -> shape.get(0);
    };
  }

  int width() {
    return width;
  }

  /** Where the label history begins. */
  int history() {
    return history;
  }

  /** Number of groups that are scaled together. */
  int groups() {
    return groups;
  }

  /** A row without its label history. */
  float[] row(float[] features) {
    float[] row = new float[width];
    for (int i = 0; i < features.length; i++) {
      FeatureSpec spec = inputs.features().get(i);
      boolean missing = Float.isNaN(features[i]);
      if (spec instanceof FeatureSpec.Numeric) {
        row[at[i]] = features[i];
      } else if (!missing) {
        int category =
            spec instanceof FeatureSpec.Hashed hashed
                ? hashed.bucket(features[i])
                : (int) features[i];
        row[at[i] + category] = 1;
      }
      if (inputs.missing()) {
        row[flags + i] = missing ? 1 : 0;
      }
    }
    return row;
  }

  /** Shows the measurements of a row to the scale. */
  void addTo(RunningScale scale, float[] row) {
    int d = at.length;
    for (int first = 0; first < d; ) {
      int last = first;
      while (last < d && group[last] == group[first]) {
        last++;
      }
      if (inputs.features().get(first) instanceof FeatureSpec.Numeric) {
        addGroup(scale, row, first, last);
      }
      first = last;
    }
  }

  private void addGroup(RunningScale scale, float[] row, int first, int last) {
    double sum = 0;
    int n = 0;
    for (int i = first; i < last; i++) {
      float value = row[at[i]];
      if (!Float.isNaN(value)) {
        sum += value;
        n++;
      }
    }
    if (n == 0) {
      return;
    }
    double mean = sum / n;
    double squares = 0;
    for (int i = first; i < last; i++) {
      double e = row[at[i]] - mean;
      squares += Double.isNaN(e) ? 0 : e * e;
    }
    scale.add(group[first], mean, squares / n);
  }

  /**
   * Network inputs from a row: measurements in deviations, clipped at 6; missing ones 0.
   *
   * @param x receives [width] from {@code to} on
   */
  void scale(float[] row, RunningScale scale, float[] x, int to) {
    System.arraycopy(row, 0, x, to, width);
    for (int i = 0; i < at.length; i++) {
      if (inputs.features().get(i) instanceof FeatureSpec.Numeric) {
        float value = row[at[i]];
        float z = Float.isNaN(value) ? 0 : (float) scale.standardised(group[i], value);
        x[to + at[i]] = Math.max(-CLIP, Math.min(CLIP, z));
      }
    }
  }
}
