package io.tidecast.engine.forecast;

import java.util.Arrays;

/**
 * Rows of inputs: a function of a series' history alone, so that a row of the past can be had again
 * for learning. Values are relative to the row's slot and in units of the series' scale there,
 * clipped to +-8.
 */
final class Features {
  static final float CLIP = 8;

  private final FeatureLayout layout;

  Features(FeatureLayout layout) {
    this.layout = layout;
  }

  /**
   * Writes one row.
   *
   * @param slot the row's origin; nothing after it is read
   * @param time of that slot, milliseconds since the epoch
   * @param out receives the row [layout.size()] from {@code at} on
   */
  void write(History history, Seasons seasons, long slot, long time, float[] out, int at) {
    double origin = history.value(slot);
    double scale = history.scale(slot);
    int horizon = layout.horizon();
    int next = at;
    out[next++] = history.level(slot);
    history.differences(slot - 1, -1, layout.lags(), origin, scale, CLIP, out, next);
    next += layout.lags();
    int pooled = layout.pooledLags();
    long older = slot - 1 - layout.lags();
    history.meanDifferences(older, pooled, FeatureLayout.POOL, origin, scale, CLIP, out, next);
    next += pooled;
    for (int season : seasons.blocks()) {
      if (season == 0) {
        Arrays.fill(out, next, next + horizon, 0);
      } else {
        history.differences(slot + 1 - season, 1, horizon, origin, scale, CLIP, out, next);
      }
      next += horizon;
    }
    Calendar.write(time, out, next);
    next += Calendar.SIZE;
    history.covariates(slot, out, next);
    next += layout.covariates();
    history.future(slot, out, next);
    next += horizon * layout.knownFuture();
    out[next] = 1;
  }

  int size() {
    return layout.size();
  }
}
