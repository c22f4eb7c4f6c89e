package io.tidecast.engine.forecast;

import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import java.util.Arrays;

/**
 * Bayesian linear autoregression of one series with Gaussian forecasts. Rows and gains of the last
 * H origins are kept until their labels have come.
 */
final class LinearExpert {
  private static final double FORGETTING = 0.9995;
  private static final int VARIANCE_MEMORY = 500;

  private final int inputs;
  private final int leads;
  private final RecursiveLeastSquares regression;
  private final float[] rows;
  private final double[] gains;
  private final double[] excess;
  private final long[] origins;
  private final double[] variance;
  private final long[] labels;

  LinearExpert(int inputs, int leads) {
    this(
        inputs,
        leads,
        new RecursiveLeastSquares(inputs, leads, FORGETTING),
        new float[leads * inputs],
        new double[leads * inputs],
        new double[leads],
        filled(leads, -1),
        new double[leads],
        new long[leads]);
    Arrays.fill(variance, 1);
  }

  private LinearExpert(
      int inputs,
      int leads,
      RecursiveLeastSquares regression,
      float[] rows,
      double[] gains,
      double[] excess,
      long[] origins,
      double[] variance,
      long[] labels) {
    this.inputs = inputs;
    this.leads = leads;
    this.regression = regression;
    this.rows = rows;
    this.gains = gains;
    this.excess = excess;
    this.origins = origins;
    this.variance = variance;
    this.labels = labels;
  }

  /** Takes in the row of a new origin. */
  void originate(long slot, float[] row, int at) {
    int ring = ring(slot);
    System.arraycopy(row, at, rows, ring * inputs, inputs);
    excess[ring] = regression.gain(rows, ring * inputs, gains, ring * inputs);
    origins[ring] = slot;
  }

  /** Location of the forecast from an origin that is kept. */
  double location(int lead, long slot) {
    return regression.predict(lead, rows, ring(slot) * inputs);
  }

  /** Standard deviation of the forecast from an origin that is kept, {@code s sqrt(1 + x'Px)}. */
  double scale(int lead, long slot) {
    return Math.sqrt(variance[lead] * (1 + excess[ring(slot)]));
  }

  /** Part of {@link #scale} that comes from not knowing the weights. */
  double epistemic(int lead, long slot) {
    return Math.sqrt(variance[lead] * excess[ring(slot)]);
  }

  /** Takes in the error of a forecast that was made. */
  void judge(int lead, long slot, double error) {
    double f = 1.0 / Math.min(++labels[lead], VARIANCE_MEMORY);
    double reduced = error * error / (1 + excess[ring(slot)]);
    variance[lead] += f * (reduced - variance[lead]);
  }

  /** Takes in the label of an origin, if that is still kept. */
  void learn(int lead, long slot, double target) {
    int ring = ring(slot);
    if (origins[ring] == slot) {
      regression.learn(lead, rows, ring * inputs, gains, ring * inputs, target);
    }
  }

  StateWriter save() {
    return new StateWriter("linear-expert", 1)
        .putDoubles("covariance", regression.covariance())
        .putDoubles("weights", regression.weights())
        .putFloats("rows", rows)
        .putDoubles("gains", gains)
        .putDoubles("excess", excess)
        .putLongs("origins", origins)
        .putDoubles("variance", variance)
        .putLongs("labels", labels);
  }

  static LinearExpert restored(int inputs, int leads, StateReader in) {
    return new LinearExpert(
        inputs,
        leads,
        new RecursiveLeastSquares(
            inputs, FORGETTING, in.getDoubles("covariance"), in.getDoubles("weights")),
        in.getFloats("rows", leads * inputs),
        in.getDoubles("gains"),
        in.getDoubles("excess"),
        in.getLongs("origins"),
        in.getDoubles("variance"),
        in.getLongs("labels"));
  }

  private int ring(long slot) {
    return (int) Math.floorMod(slot, (long) leads);
  }

  private static long[] filled(int n, long value) {
    long[] all = new long[n];
    Arrays.fill(all, value);
    return all;
  }
}
