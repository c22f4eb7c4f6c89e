package io.tidecast.engine.supervised;

import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import io.tidecast.engine.supervised.SampleOutput.ValueMeans;

/** Sums behind the scores of a regression so far. */
public final class ValueTally {
  private final double[] inside = new double[Quantiles.BANDS.length];
  private long n;
  private double squares;
  private double crps;

  /**
   * Takes in one prediction and its truth.
   *
   * @param quantiles at the 21 levels
   */
  public void add(double mean, double[] quantiles, double truth) {
    n++;
    squares += (truth - mean) * (truth - mean);
    crps += Quantiles.crps(quantiles, truth);
    for (int b = 0; b < inside.length; b++) {
      inside[b] += Quantiles.inside(quantiles, truth, Quantiles.BANDS[b]) ? 1 : 0;
    }
  }

  /** The means so far; NaN before the first sample. */
  public ValueMeans means() {
    return new ValueMeans(
        n,
        Math.sqrt(squares / n),
        crps / n,
        inside[0] / n,
        inside[1] / n,
        inside[2] / n,
        inside[3] / n);
  }

  void saveTo(StateWriter out) {
    out.putLong("tally.n", n)
        .putDoubles("tally.inside", inside)
        .putDoubles("tally.sums", new double[] {squares, crps});
  }

  void restore(StateReader in) {
    n = in.getLong("tally.n");
    System.arraycopy(in.getDoubles("tally.inside"), 0, inside, 0, inside.length);
    double[] sums = in.getDoubles("tally.sums");
    squares = sums[0];
    crps = sums[1];
  }
}
