package io.tidecast.engine.forecast;

import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import java.util.Arrays;

/**
 * Bayesian linear autoregression of one series. Rows and gains of the last H origins are kept until
 * their labels have come.
 *
 * <p>Its unit stays the same while the series' scale moves, so that every label weighs the same;
 * when the scale has left the unit by a factor of 8 all is converted, exactly, to the new one.
 */
final class LinearExpert {
  private static final double FORGETTING = 0.9995;
  private static final double CONVERT_AT = 8;

  private final int inputs;
  private final int proportional;
  private final int leads;
  private final RecursiveLeastSquares regression;
  private final float[] rows;
  private final double[] gains;
  private final double[] excess;
  private final double[] relative;
  private final long[] origins;
  private double unit;

  LinearExpert(FeatureLayout layout) {
    this(
        layout,
        new RecursiveLeastSquares(layout.size(), layout.horizon(), FORGETTING),
        new float[layout.horizon() * layout.size()],
        new double[layout.horizon() * layout.size()],
        new double[layout.horizon()],
        new double[layout.horizon()],
        new long[layout.horizon()],
        0);
    Arrays.fill(origins, -1);
  }

  private LinearExpert(
      FeatureLayout layout,
      RecursiveLeastSquares regression,
      float[] rows,
      double[] gains,
      double[] excess,
      double[] relative,
      long[] origins,
      double unit) {
    this.inputs = layout.size();
    this.proportional = layout.proportional();
    this.leads = layout.horizon();
    this.regression = regression;
    this.rows = rows;
    this.gains = gains;
    this.excess = excess;
    this.relative = relative;
    this.origins = origins;
    this.unit = unit;
  }

  /**
   * Takes in the row of a new origin.
   *
   * @param scale of the series there, in which the row is
   */
  void originate(long slot, double scale, float[] row, int at) {
    if (unit == 0) {
      unit = scale;
    } else if (scale > CONVERT_AT * unit || unit > CONVERT_AT * scale) {
      convert(scale);
    }
    int ring = ring(slot);
    float inUnits = (float) (scale / unit);
    for (int i = 0; i < inputs; i++) {
      rows[ring * inputs + i] = i < proportional ? row[at + i] * inUnits : row[at + i];
    }
    excess[ring] = regression.gain(rows, ring * inputs, gains, ring * inputs);
    relative[ring] = scale / unit;
    origins[ring] = slot;
  }

  private void convert(double scale) {
    double by = scale / unit;
    regression.convert(proportional, by);
    for (int ring = 0; ring < leads; ring++) {
      relative[ring] /= by;
      for (int i = ring * inputs; i < ring * inputs + proportional; i++) {
        rows[i] /= (float) by;
        gains[i] *= by;
      }
    }
    unit = scale;
  }

  /** Location of the forecast from an origin that is kept, in scales there. */
  double location(int lead, long slot) {
    int ring = ring(slot);
    return regression.predict(lead, rows, ring * inputs) / relative[ring];
  }

  /**
   * Variance of the forecast from an origin that is kept which comes from not knowing the weights,
   * over that of the noise: x'Px.
   */
  double excess(long slot) {
    return excess[ring(slot)];
  }

  /** Takes in the label of an origin, in scales there, if the origin is still kept. */
  void learn(int lead, long slot, double target) {
    int ring = ring(slot);
    if (origins[ring] == slot) {
      int at = ring * inputs;
      regression.learn(lead, rows, at, gains, at, target * relative[ring]);
    }
  }

  StateWriter save() {
    return new StateWriter("linear-expert", 1)
        .putDoubles("covariance", regression.covariance())
        .putDoubles("weights", regression.weights())
        .putFloats("rows", rows)
        .putDoubles("gains", gains)
        .putDoubles("excess", excess)
        .putDoubles("relative", relative)
        .putLongs("origins", origins)
        .putDouble("unit", unit)
        .putDouble("converted", regression.converted());
  }

  static LinearExpert restored(FeatureLayout layout, StateReader in) {
    RecursiveLeastSquares regression =
        new RecursiveLeastSquares(
            layout.size(), FORGETTING, in.getDoubles("covariance"), in.getDoubles("weights"));
    regression.setConverted(layout.proportional(), in.getDouble("converted"));
    return new LinearExpert(
        layout,
        regression,
        in.getFloats("rows", layout.horizon() * layout.size()),
        in.getDoubles("gains"),
        in.getDoubles("excess"),
        in.getDoubles("relative"),
        in.getLongs("origins"),
        in.getDouble("unit"));
  }

  private int ring(long slot) {
    return (int) Math.floorMod(slot, (long) leads);
  }
}
