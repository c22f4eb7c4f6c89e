package io.tidecast.engine.forecast;

import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import java.util.Arrays;

/**
 * Joint paths through the forecasts of all lead times. Each lead time's values are evenly spread
 * over its published quantiles; which of them belong together is taken from the ranks of the newest
 * origins whose truths have come (the Schaake shuffle, Clark et al. 2004, on probability integral
 * transforms).
 */
final class SamplePaths {
  private final int count;
  private final int leads;
  private final float[] transforms;
  private final long[] origins;

  /**
   * @param count paths of a forecast; 0 for none
   */
  SamplePaths(int count, int leads) {
    this.count = count;
    this.leads = leads;
    int kept = count == 0 ? 0 : count + leads;
    transforms = new float[kept * leads];
    origins = new long[kept];
    Arrays.fill(origins, -1);
  }

  boolean wanted() {
    return count > 0;
  }

  /** Makes a slot an origin, whose truths are to come. */
  void open(long slot) {
    if (wanted()) {
      int ring = ring(slot);
      origins[ring] = slot;
      Arrays.fill(transforms, ring * leads, (ring + 1) * leads, Float.NaN);
    }
  }

  /**
   * Takes in the truth of one lead time.
   *
   * @param pit distribution function of the forecast at the truth, in 0..1
   */
  void reveal(int lead, long origin, double pit) {
    if (wanted() && origins[ring(origin)] == origin) {
      transforms[ring(origin) * leads + lead] = (float) pit;
    }
  }

  /**
   * Paths [S][H] from the newest origin, in the unit of its quantiles; as many as asked for once so
   * many earlier forecasts have been completed by their truths, fewer before.
   *
   * @param quantiles published from this origin [H, 21]; row h starts at {@code rows[h]}
   */
  double[][] draw(long slot, float[] quantiles, int[] rows) {
    int[] complete = complete(slot);
    int n = complete.length;
    double[][] paths = new double[n][leads];
    float[] past = new float[n];
    for (int lead = 0; lead < leads; lead++) {
      for (int i = 0; i < n; i++) {
        past[i] = transform(complete[i], lead);
      }
      for (int i = 0; i < n; i++) {
        double level = (rank(past, i) + .5) / n;
        paths[i][lead] = QuantileLevels.quantile(quantiles, rows[lead], level);
      }
    }
    return paths;
  }

  /** Rings of the newest origins whose last truth lies behind, newest first. */
  private int[] complete(long slot) {
    int[] found = new int[count];
    int n = 0;
    for (long origin = slot - leads; n < count && origin > slot - origins.length; origin--) {
      if (wanted() && origin >= 0 && origins[ring(origin)] == origin) {
        found[n++] = ring(origin);
      }
    }
    return Arrays.copyOf(found, n);
  }

  /** A truth that never came stands where the one before it stood. */
  private float transform(int ring, int lead) {
    for (int l = lead; l >= 0; l--) {
      float pit = transforms[ring * leads + l];
      if (!Float.isNaN(pit)) {
        return pit;
      }
    }
    return .5f;
  }

  private static int rank(float[] values, int i) {
    int rank = 0;
    for (int j = 0; j < values.length; j++) {
      rank += values[j] < values[i] || (values[j] == values[i] && j < i) ? 1 : 0;
    }
    return rank;
  }

  private int ring(long slot) {
    return (int) Math.floorMod(slot, (long) origins.length);
  }

  StateWriter save() {
    return new StateWriter("sample-paths", 1)
        .putFloats("transforms", transforms)
        .putLongs("origins", origins);
  }

  /** Takes over what was saved, if as many paths were asked for then. */
  void restore(StateReader in) {
    long[] saved = in.getLongs("origins");
    if (saved.length == origins.length) {
      System.arraycopy(saved, 0, origins, 0, saved.length);
      float[] pits = in.getFloats("transforms", transforms.length);
      System.arraycopy(pits, 0, transforms, 0, pits.length);
    }
  }
}
