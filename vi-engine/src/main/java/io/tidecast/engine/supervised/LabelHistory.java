package io.tidecast.engine.supervised;

import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import io.tidecast.engine.supervised.SupervisedSettings.Inputs;

/**
 * The newest labels of one stream and their running averages, as inputs for its next sample. A
 * class is coded as +-1, one column per class (one column in all for two classes); a target in
 * deviations.
 */
final class LabelHistory {
  private final int columns;
  private final int lags;
  private final double[] rates;
  private final float[] values;
  private int lastClass;

  LabelHistory(Inputs inputs, Task task) {
    columns = columns(task);
    lags = inputs.labelLags();
    rates = inputs.labelAverages().stream().mapToDouble(Double::doubleValue).toArray();
    values = new float[width(inputs, task)];
    lastClass = -1;
  }

  /** Network inputs that the history becomes. */
  static int width(Inputs inputs, Task task) {
    return (inputs.labelLags() + inputs.labelAverages().size()) * columns(task);
  }

  private static int columns(Task task) {
    return task instanceof Task.Classification c && c.classes() > 2 ? c.classes() : 1;
  }

  /** The newest class of the stream, -1 where there is none yet or labels are no classes. */
  int lastClass() {
    return lastClass;
  }

  void copyTo(float[] row, int at) {
    System.arraycopy(values, 0, row, at, values.length);
  }

  /**
   * Takes in a label.
   *
   * @param code class index, or target in deviations
   */
  void reveal(Task task, double code) {
    if (task instanceof Task.Classification) {
      lastClass = (int) code;
    }
    if (values.length == 0) {
      return;
    }
    System.arraycopy(values, 0, values, columns, Math.max(lags - 1, 0) * columns);
    for (int c = 0; c < columns; c++) {
      float coded = coded(task, code, c);
      if (lags > 0) {
        values[c] = coded;
      }
      for (int r = 0; r < rates.length; r++) {
        int i = (lags + r) * columns + c;
        values[i] += (float) rates[r] * (coded - values[i]);
      }
    }
  }

  private float coded(Task task, double code, int column) {
    if (task instanceof Task.Regression) {
      return (float) Math.max(-6, Math.min(6, code));
    }
    return code == (columns == 1 ? 1 : column) ? 1 : -1;
  }

  StateWriter save(StateWriter out) {
    return out.putInt("lastClass", lastClass).putFloats("history", values);
  }

  void restore(StateReader in) {
    lastClass = in.getInt("lastClass");
    float[] saved = in.getFloats("history", values.length);
    System.arraycopy(saved, 0, values, 0, values.length);
  }
}
