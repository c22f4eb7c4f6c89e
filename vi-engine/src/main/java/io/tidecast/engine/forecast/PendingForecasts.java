package io.tidecast.engine.forecast;

import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import java.util.Arrays;

/**
 * What was forecast for times that have not come yet, in units of the series at the origin: {@code
 * (y - y_origin) / S_origin}. Lead time h needs the last h origins only, so it has a ring of h
 * entries.
 */
final class PendingForecasts {
  private static final long NONE = -1;

  private final int leads;
  private final double[] base;
  private final double[] unit;
  private final long[] origin;
  private final float[] linear;
  private final float[] network;
  private final float[] quantiles;

  PendingForecasts(int leads) {
    this(
        leads,
        new double[leads],
        new double[leads],
        new long[entries(leads)],
        new float[2 * entries(leads)],
        new float[2 * entries(leads)],
        new float[QuantileLevels.COUNT * entries(leads)]);
    Arrays.fill(origin, NONE);
  }

  /**
   * @param base value at the last H origins [H]
   * @param unit scale at the last H origins [H]
   * @param origin slot of the origin [N]
   * @param linear location of the linear expert and unit of its residuals [N, 2]
   * @param network location and scale of the network [N, 2]
   * @param quantiles as published [N, 21]
   */
  private PendingForecasts(
      int leads,
      double[] base,
      double[] unit,
      long[] origin,
      float[] linear,
      float[] network,
      float[] quantiles) {
    this.leads = leads;
    this.base = base;
    this.unit = unit;
    this.origin = origin;
    this.linear = linear;
    this.network = network;
    this.quantiles = quantiles;
  }

  private static int entries(int leads) {
    return leads * (leads + 1) / 2;
  }

  /** Notes what the forecasts from a slot are relative to, as it was when they were made. */
  void open(long slot, double value, double scale) {
    base[ring(slot)] = value;
    unit[ring(slot)] = scale;
  }

  /** A value relative to the origin that has the entry's forecast. */
  double relative(long slot, double value) {
    return (value - base[ring(slot)]) / unit[ring(slot)];
  }

  /** The unit of the forecasts from a slot, in that of the series. */
  double unit(long slot) {
    return unit[ring(slot)];
  }

  /** The entry of one lead time's forecast from a slot, to be filled. */
  int put(int lead, long slot) {
    int entry = entry(lead, slot);
    origin[entry] = slot;
    return entry;
  }

  /** The entry of one lead time's forecast from a slot, or -1 where none was made. */
  int find(int lead, long slot) {
    int entry = entry(lead, slot);
    return slot >= 0 && origin[entry] == slot ? entry : -1;
  }

  /** Forgets everything: the times forecast will never come. */
  void clear() {
    Arrays.fill(origin, NONE);
  }

  private int ring(long slot) {
    return (int) Math.floorMod(slot, (long) leads);
  }

  private static int entry(int lead, long slot) {
    return entries(lead) + (int) Math.floorMod(slot, (long) lead + 1);
  }

  float[] linear() {
    return linear;
  }

  float[] network() {
    return network;
  }

  float[] quantiles() {
    return quantiles;
  }

  StateWriter save() {
    return new StateWriter("pending-forecasts", 1)
        .putDoubles("base", base)
        .putDoubles("unit", unit)
        .putLongs("origin", origin)
        .putFloats("linear", linear)
        .putFloats("network", network)
        .putFloats("quantiles", quantiles);
  }

  static PendingForecasts restored(int leads, StateReader in) {
    int n = entries(leads);
    return new PendingForecasts(
        leads,
        in.getDoubles("base"),
        in.getDoubles("unit"),
        in.getLongs("origin"),
        in.getFloats("linear", 2 * n),
        in.getFloats("network", 2 * n),
        in.getFloats("quantiles", QuantileLevels.COUNT * n));
  }
}
