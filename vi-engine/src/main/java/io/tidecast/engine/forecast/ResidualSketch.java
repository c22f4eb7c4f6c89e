package io.tidecast.engine.forecast;

import io.tidecast.engine.predict.Levels;
import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import java.util.Arrays;

/**
 * Distribution of recent residuals, one for each lead time, in bounded memory: a histogram whose
 * bins are linear near zero and logarithmic beyond ({@code asinh}), and which forgets exponentially
 * with a memory of 500 residuals.
 *
 * <p>Residuals are in units of the series' scale. Before the first residual the distribution is the
 * standard normal with the weight of a few observations.
 */
final class ResidualSketch {
  static final String KIND = "residual-sketch";

  private static final int MEMORY = 500;
  private static final int HALF = 48;
  private static final int BINS = 2 * HALF;
  private static final int BLOCK = 8;

  /** Width of the innermost bins; the outermost end at {@code UNIT sinh(HALF STEP)}, about 40. */
  private static final double UNIT = 0.02;

  private static final double STEP = 0.172;
  private static final double PRIOR_WEIGHT = 4;
  private static final float RESCALE_AT = 1e6f;
  private static final double[] EDGES = edges();
  private static final double[] WIDTHS = widths();

  private final float[] mass;
  private final float[] increment;
  private final float[] total;
  private final long[] counts;

  /** Bin of each lead time's levels when they were last asked for: they move little. */
  private final byte[] bins;

  private final float[] upTo = new float[BINS];

  ResidualSketch(int leads) {
    this(new float[leads * BINS], new float[leads], new float[leads], new long[leads]);
    Arrays.fill(increment, 1);
    for (int lead = 0; lead < leads; lead++) {
      for (int q = 0; q < QuantileLevels.COUNT; q++) {
        float weight = (float) (PRIOR_WEIGHT * Levels.weight(q));
        mass[lead * BINS + bin(QuantileLevels.normal(q))] += weight;
        total[lead] += weight;
      }
    }
  }

  private ResidualSketch(float[] mass, float[] increment, float[] total, long[] counts) {
    this.mass = mass;
    this.increment = increment;
    this.total = total;
    this.counts = counts;
    bins = new byte[counts.length * QuantileLevels.COUNT];
  }

  /**
   * Takes in one residual of one lead time. One of exactly 0, as where a series stands still,
   * counts half on either side, so that it lies within every band and not at the end of its bin.
   */
  void add(int lead, double residual) {
    if (++counts[lead] > MEMORY) {
      increment[lead] *= MEMORY / (MEMORY - 1f);
      if (increment[lead] > RESCALE_AT) {
        rescale(lead);
      }
    }
    if (residual == 0) {
      mass[lead * BINS + HALF - 1] += increment[lead] / 2;
      mass[lead * BINS + HALF] += increment[lead] / 2;
    } else {
      mass[lead * BINS + bin(residual)] += increment[lead];
    }
    total[lead] += increment[lead];
  }

  /** Writes the quantiles [21] of one lead time. */
  void quantiles(int lead, float[] out, int at) {
    accumulate(lead * BINS);
    float all = upTo[BINS - 1];
    int hint = lead * QuantileLevels.COUNT;
    for (int q = 0; q < QuantileLevels.COUNT; q++) {
      float target = (float) Levels.level(q) * all;
      int bin = bins[hint + q];
      while (bin < BINS - 1 && upTo[bin] < target) {
        bin++;
      }
      while (bin > 0 && upTo[bin - 1] >= target) {
        bin--;
      }
      bins[hint + q] = (byte) bin;
      float mass = this.mass[lead * BINS + bin];
      float share = mass > 0 ? (target - (upTo[bin] - mass)) / mass : .5f;
      share = share < 0 ? 0 : share > 1 ? 1 : share;
      out[at + q] = (float) (EDGES[bin] + share * WIDTHS[bin]);
    }
  }

  /** Sets the mass up to the end of each bin: block by block, so that the sums overlap in time. */
  private void accumulate(int first) {
    for (int block = 0; block < BINS; block += BLOCK) {
      float sum = 0;
      for (int i = block; i < block + BLOCK; i++) {
        sum += mass[first + i];
        upTo[i] = sum;
      }
    }
    float before = 0;
    for (int block = 0; block < BINS; block += BLOCK) {
      for (int i = block; i < block + BLOCK; i++) {
        upTo[i] += before;
      }
      before = upTo[block + BLOCK - 1];
    }
  }

  /** Share of the mass below a residual, in 0..1. */
  double below(int lead, double residual) {
    int bin = bin(residual);
    double below = 0;
    for (int i = 0; i < bin; i++) {
      below += mass[lead * BINS + i];
    }
    double share = (residual - EDGES[bin]) / WIDTHS[bin];
    below += mass[lead * BINS + bin] * Math.min(Math.max(share, 0), 1);
    return Math.min(below / total[lead], 1);
  }

  StateWriter save() {
    return new StateWriter(KIND, 1)
        .putFloats("mass", mass)
        .putFloats("increment", increment)
        .putFloats("total", total)
        .putLongs("counts", counts);
  }

  static ResidualSketch restored(int leads, StateReader in) {
    return new ResidualSketch(
        in.getFloats("mass", leads * BINS),
        in.getFloats("increment", leads),
        in.getFloats("total", leads),
        in.getLongs("counts"));
  }

  private void rescale(int lead) {
    float by = 1 / increment[lead];
    float sum = 0;
    for (int i = lead * BINS; i < (lead + 1) * BINS; i++) {
      mass[i] *= by;
      sum += mass[i];
    }
    total[lead] = sum;
    increment[lead] = 1;
  }

  private static int bin(double residual) {
    double magnitude = Math.abs(residual) / UNIT;
    int steps = (int) (Math.log(magnitude + Math.sqrt(magnitude * magnitude + 1)) / STEP);
    steps = Math.min(steps, HALF - 1);
    return residual >= 0 ? HALF + steps : HALF - 1 - steps;
  }

  private static double[] widths() {
    double[] widths = new double[BINS];
    Arrays.setAll(widths, i -> EDGES[i + 1] - EDGES[i]);
    return widths;
  }

  private static double[] edges() {
    double[] edges = new double[BINS + 1];
    for (int i = 0; i <= BINS; i++) {
      edges[i] = UNIT * Math.sinh(STEP * (i - HALF));
    }
    return edges;
  }
}
