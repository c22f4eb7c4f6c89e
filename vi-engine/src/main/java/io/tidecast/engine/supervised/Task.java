package io.tidecast.engine.supervised;

/** What the labels are. */
public sealed interface Task {

  /**
   * Classes 0..K-1.
   *
   * @param classes number K of classes, at least 2
   * @param setCoverage how often a prediction set is to hold the class, e.g. .9
   */
  record Classification(int classes, double setCoverage) implements Task {
    public Classification {
      if (classes < 2 || classes > 10_000) {
        throw new IllegalArgumentException("classes: expected 2 to 10000, got " + classes);
      }
      if (!(setCoverage > 0 && setCoverage < 1)) {
        throw new IllegalArgumentException(
            "set coverage: expected a number between 0 and 1, got " + setCoverage);
      }
    }

    public Classification(int classes) {
      this(classes, .9);
    }
  }

  /** A real number. */
  record Regression() implements Task {}
}
