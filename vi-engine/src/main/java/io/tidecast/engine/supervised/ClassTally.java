package io.tidecast.engine.supervised;

import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import io.tidecast.engine.supervised.SampleOutput.ClassMeans;

/** Sums behind the scores of a classifier so far. */
public final class ClassTally {
  private static final int BINS = 15;

  private final double[] binCount = new double[BINS];
  private final double[] binConfidence = new double[BINS];
  private final double[] binCorrect = new double[BINS];
  private long n;
  private double logLoss;
  private double brier;
  private double correct;
  private double insideSet;

  /**
   * Takes in one prediction and its truth.
   *
   * @param probabilities [K]
   * @param insideSet whether the prediction set held the label
   */
  public void add(double[] probabilities, int label, boolean insideSet) {
    int top = top(probabilities);
    boolean right = top == label;
    int bin = Math.min((int) (probabilities[top] * BINS), BINS - 1);
    binCount[bin]++;
    binConfidence[bin] += probabilities[top];
    binCorrect[bin] += right ? 1 : 0;
    n++;
    logLoss += logLoss(probabilities, label);
    brier += brier(probabilities, label);
    correct += right ? 1 : 0;
    this.insideSet += insideSet ? 1 : 0;
  }

  /** The means so far; NaN before the first sample. */
  public ClassMeans means() {
    double error = 0;
    for (int b = 0; b < BINS; b++) {
      error += Math.abs(binConfidence[b] - binCorrect[b]);
    }
    return new ClassMeans(n, correct / n, logLoss / n, brier / n, error / n, insideSet / n);
  }

  static int top(double[] probabilities) {
    int top = 0;
    for (int c = 1; c < probabilities.length; c++) {
      top = probabilities[c] > probabilities[top] ? c : top;
    }
    return top;
  }

  static double logLoss(double[] probabilities, int label) {
    return -Math.log(Math.max(probabilities[label], 1e-9));
  }

  static double brier(double[] probabilities, int label) {
    double sum = 0;
    for (int c = 0; c < probabilities.length; c++) {
      double e = probabilities[c] - (c == label ? 1 : 0);
      sum += e * e;
    }
    return sum;
  }

  void saveTo(StateWriter out) {
    out.putDoubles("tally.bins", binCount)
        .putDoubles("tally.confidence", binConfidence)
        .putDoubles("tally.correct", binCorrect)
        .putLong("tally.n", n)
        .putDoubles("tally.sums", new double[] {logLoss, brier, correct, insideSet});
  }

  void restore(StateReader in) {
    System.arraycopy(in.getDoubles("tally.bins"), 0, binCount, 0, BINS);
    System.arraycopy(in.getDoubles("tally.confidence"), 0, binConfidence, 0, BINS);
    System.arraycopy(in.getDoubles("tally.correct"), 0, binCorrect, 0, BINS);
    n = in.getLong("tally.n");
    double[] sums = in.getDoubles("tally.sums");
    logLoss = sums[0];
    brier = sums[1];
    correct = sums[2];
    insideSet = sums[3];
  }
}
