package io.tidecast.engine.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class MixtureTest extends PosteriorKit {
  @Override
  Family family() {
    return new Family.Mixture(2, false);
  }

  /** Weights, means, variances of a mixture of axis-parallel Gaussians in two dimensions. */
  private record Target(double[] weight, double[][] mean, double[][] variance) {
    double logDensity(double[] x) {
      double sum = 0;
      for (int k = 0; k < weight.length; k++) {
        sum += weight[k] * density(k, x);
      }
      return Math.log(sum);
    }

    private double density(int k, double[] x) {
      double q = 0;
      for (int i = 0; i < 2; i++) {
        double e = x[i] - mean[k][i];
        q += e * e / variance[k][i];
      }
      return Math.exp(-.5 * q) / (2 * Math.PI * Math.sqrt(variance[k][0] * variance[k][1]));
    }

    double[] score(double[] x) {
      double total = Math.exp(logDensity(x));
      double[] s = new double[2];
      for (int k = 0; k < weight.length; k++) {
        for (int i = 0; i < 2; i++) {
          s[i] -= weight[k] * density(k, x) / total * (x[i] - mean[k][i]) / variance[k][i];
        }
      }
      return s;
    }

    /** KL(other || this) by quadrature over [-8, 8]^2, nats. */
    double divergenceFrom(Target other) {
      double sum = 0;
      double step = .05;
      for (double a = -8; a < 8; a += step) {
        for (double b = -8; b < 8; b += step) {
          double[] x = {a, b};
          double log = other.logDensity(x);
          if (log > -40) {
            sum += Math.exp(log) * (log - logDensity(x)) * step * step;
          }
        }
      }
      return sum;
    }
  }

  private static Target fit(Target target, double[] start, boolean learnWeights) {
    int components = start.length / 2;
    double prior = 1e-3;
    WeightLayout layout = new WeightLayout(List.of(new WeightLayout.Shape(1, 2)));
    int steps = 4000;
    try (Driver driver =
        new Driver(
            new Family.Mixture(components, learnWeights),
            layout,
            Driver.prior(components, start, prior, 2),
            8 * components,
            Driver.UNLIMITED)) {
      for (int t = 0; t < steps; t++) {
        double left = 1 - t / (double) steps;
        driver.step(
            x -> {
              double[] s = target.score(x);
              return new double[] {s[0] + prior * x[0], s[1] + prior * x[1]};
            },
            x -> target.logDensity(x) + .5 * prior * (x[0] * x[0] + x[1] * x[1]),
            1,
            .05 * left * left + 1e-4,
            .02 * left * left + 1e-5,
            true);
      }
      float[] m = driver.posterior.mean();
      float[] p = driver.posterior.precision();
      float[] logWeights = driver.posterior.state()[8].toFloatArray();
      double[] w = new double[components];
      double[][] mean = new double[components][2];
      double[][] variance = new double[components][2];
      for (int k = 0; k < components; k++) {
        w[k] = Math.exp(logWeights[k]);
        for (int i = 0; i < 2; i++) {
          mean[k][i] = m[2 * k + i];
          variance[k][i] = 1 / p[2 * k + i];
        }
      }
      return new Target(w, mean, variance);
    }
  }

  @Test
  void three_separated_modes_are_found_with_their_weights() {
    Target target =
        new Target(
            new double[] {.5, .2, .3},
            new double[][] {{-4, 0}, {3, 3}, {3, -4}},
            new double[][] {{.5, 1}, {.3, .3}, {1, .4}});
    Target found = fit(target, new double[] {-3.5, .5, 2.5, 2.5, 2.5, -3.5}, true);

    assertThat(target.divergenceFrom(found)).isLessThan(.005);
    assertThat(found.weight()).containsExactly(target.weight(), within(.01));
  }

  @Test
  void two_overlapping_modes_are_told_apart() {
    Target target =
        new Target(
            new double[] {.5, .5},
            new double[][] {{-1, 0}, {1, 0}},
            new double[][] {{.5, 1}, {.5, 1}});
    Target found = fit(target, new double[] {-1.3, .2, 1.3, -.2}, false);

    assertThat(target.divergenceFrom(found)).isLessThan(.005);
  }
}
