package io.tidecast.engine.forecast;

import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import java.util.Arrays;

/**
 * Weights of the experts of one series, for each lead time, from their revealed quantile losses:
 * {@code L <- .999 L + min(l, 5 b)}, where b is the running loss of the best expert; with the
 * relative regret {@code r = (L - Lmin) / Lmin} of the lead time and its mean over all of them,
 * {@code w ~ exp(-20 (r + mean r) / 2)} (exponentially weighted aggregation, Cesa-Bianchi and
 * Lugosi 2006, ch. 2, with a rate relative to the best loss and clipped losses).
 *
 * <p>Without the clip one outlier decides the weights for a thousand steps. What other lead times
 * say of an expert steadies the weights of each.
 */
final class ExpertPool {
  private static final double DISCOUNT = 0.999;
  private static final double SHARPNESS = 20;
  private static final double SHARED = 0.5;
  private static final double CLIP = 5;

  private final int experts;
  private final double[] loss;
  private final double[] typical;
  private final long[] count;
  private final double[] overall;
  private final int[] known;

  ExpertPool(int leads, int experts) {
    this(experts, new double[leads * experts], new double[leads], new long[leads]);
  }

  /**
   * @param loss discounted losses [H, K]
   * @param typical running loss of the best expert [H]
   * @param count labels seen [H]
   */
  private ExpertPool(int experts, double[] loss, double[] typical, long[] count) {
    this.experts = experts;
    this.loss = loss;
    this.typical = typical;
    this.count = count;
    overall = new double[experts];
    known = new int[experts];
    refresh();
  }

  /**
   * Takes in the losses of one lead time's forecasts.
   *
   * @param losses [K]; infinite for an expert that had no forecast
   */
  void reveal(int lead, double[] losses) {
    double least = Double.POSITIVE_INFINITY;
    for (double l : losses) {
      least = Math.min(least, l);
    }
    if (count[lead]++ == 0) {
      typical[lead] = least;
    }
    double limit = CLIP * typical[lead] + Double.MIN_NORMAL;
    double f = Math.max(1 - DISCOUNT, 1.0 / count[lead]);
    typical[lead] += f * (Math.min(least, limit) - typical[lead]);
    double clip = CLIP * typical[lead];
    double worst = worst(lead);
    for (int k = 0; k < experts; k++) {
      int i = lead * experts + k;
      if (Double.isInfinite(losses[k])) {
        loss[i] = Double.POSITIVE_INFINITY;
      } else {
        // An expert that comes later starts level with the last of the others.
        double before = Double.isInfinite(loss[i]) ? worst : loss[i];
        loss[i] = DISCOUNT * before + Math.min(losses[k], clip);
      }
    }
  }

  /** Takes the losses so far into account in the weights of the coming forecasts. */
  void refresh() {
    Arrays.fill(overall, 0);
    Arrays.fill(known, 0);
    for (int lead = 0; lead < typical.length; lead++) {
      double least = least(lead, -1);
      for (int k = 0; k < experts; k++) {
        double regret = regret(lead, k, least);
        if (!Double.isInfinite(regret)) {
          overall[k] += regret;
          known[k]++;
        }
      }
    }
    for (int k = 0; k < experts; k++) {
      overall[k] /= Math.max(known[k], 1);
    }
  }

  /**
   * Writes the weights [K] of one lead time; they sum to 1.
   *
   * @param absent an expert that has no forecast, or -1
   */
  void weights(int lead, int absent, double[] out) {
    double least = least(lead, absent);
    double sum = 0;
    for (int k = 0; k < experts; k++) {
      double regret = k == absent ? Double.POSITIVE_INFINITY : regret(lead, k, least);
      out[k] = Math.exp(-SHARPNESS * ((1 - SHARED) * regret + SHARED * overall[k]));
      sum += out[k];
    }
    for (int k = 0; k < experts; k++) {
      out[k] = sum > 0 ? out[k] / sum : k == absent ? 0 : 1.0 / (experts - (absent < 0 ? 0 : 1));
    }
  }

  private double least(int lead, int absent) {
    double least = Double.POSITIVE_INFINITY;
    for (int k = 0; k < experts; k++) {
      least = k == absent ? least : Math.min(least, loss[lead * experts + k]);
    }
    return least;
  }

  private double regret(int lead, int k, double least) {
    double l = loss[lead * experts + k];
    return l == least ? 0 : (l - least) / Math.max(least, Double.MIN_NORMAL);
  }

  private double worst(int lead) {
    double worst = 0;
    for (int i = lead * experts; i < (lead + 1) * experts; i++) {
      worst = Double.isInfinite(loss[i]) ? worst : Math.max(worst, loss[i]);
    }
    return worst;
  }

  StateWriter save() {
    return new StateWriter("expert-pool", 1)
        .putDoubles("loss", loss)
        .putDoubles("typical", typical)
        .putLongs("count", count);
  }

  static ExpertPool restored(int experts, StateReader in) {
    return new ExpertPool(
        experts, in.getDoubles("loss"), in.getDoubles("typical"), in.getLongs("count"));
  }
}
