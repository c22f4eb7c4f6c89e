package io.tidecast.engine.supervised;

import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import java.util.Arrays;

/** The two simplest experts: which classes there are, and which class follows which. */
final class ClassCounts {
  private static final double FORGETTING = .999;
  private static final double SAME = 2;
  private static final double OTHER = .5;
  private static final double KEEP_ALIVE = 1e-4;

  private final int classes;
  private final double[] counts;
  private final double[] transitions;

  ClassCounts(int classes) {
    this.classes = classes;
    counts = new double[classes];
    Arrays.fill(counts, 1);
    transitions = new double[classes * classes];
    Arrays.fill(transitions, OTHER);
    for (int c = 0; c < classes; c++) {
      transitions[c * classes + c] += SAME;
    }
  }

  double[] majority() {
    return shares(counts, 0);
  }

  /** Probabilities after the last class of the stream; as {@link #majority} where there is none. */
  double[] after(int lastClass) {
    return lastClass < 0 ? majority() : shares(transitions, lastClass * classes);
  }

  void learn(int lastClass, int label) {
    fade(counts);
    counts[label]++;
    if (lastClass >= 0) {
      fade(transitions);
      transitions[lastClass * classes + label]++;
    }
  }

  private static void fade(double[] table) {
    for (int i = 0; i < table.length; i++) {
      table[i] = FORGETTING * table[i] + KEEP_ALIVE;
    }
  }

  private double[] shares(double[] table, int at) {
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += table[at + c];
    }
    double[] p = new double[classes];
    for (int c = 0; c < classes; c++) {
      p[c] = table[at + c] / sum;
    }
    return p;
  }

  void saveTo(StateWriter out) {
    out.putDoubles("counts", counts).putDoubles("transitions", transitions);
  }

  void restore(StateReader in) {
    System.arraycopy(in.getDoubles("counts"), 0, counts, 0, counts.length);
    System.arraycopy(in.getDoubles("transitions"), 0, transitions, 0, transitions.length);
  }
}
