package io.tidecast.engine.predict;

import org.hipparchus.special.Beta;
import org.hipparchus.special.Gamma;

/** Negative binomial with parameters mean mu and size r: variance mu + mu^2 / r. */
public record NegativeBinomialDensity() implements Density {
  @Override
  public int parameters() {
    return 2;
  }

  @Override
  public double mean(double[] p) {
    return p[0];
  }

  @Override
  public double variance(double[] p) {
    return p[0] + p[0] * p[0] / p[1];
  }

  @Override
  public double logDensity(double y, double[] p) {
    double mu = p[0];
    double r = p[1];
    return Gamma.logGamma(y + r)
        - Gamma.logGamma(r)
        - Gamma.logGamma(y + 1)
        - r * Math.log1p(mu / r)
        - y * Math.log1p(r / mu);
  }

  /** By the regularised incomplete beta function (DLMF 8.17.24). */
  @Override
  public double cdf(double y, double[] p) {
    return y < 0 ? 0 : Beta.regularizedBeta(p[1] / (p[1] + p[0]), p[1], Math.floor(y) + 1);
  }

  @Override
  public double quantile(double level, double[] p) {
    double high = 1;
    while (cdf(high, p) < level) {
      high *= 2;
    }
    double low = -1;
    while (high - low > 1) {
      double middle = Math.floor(.5 * (low + high));
      if (cdf(middle, p) < level) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  @Override
  public boolean discrete() {
    return true;
  }
}
