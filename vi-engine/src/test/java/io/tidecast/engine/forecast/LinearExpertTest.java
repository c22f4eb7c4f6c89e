package io.tidecast.engine.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LinearExpertTest {
  @Test
  void recursive_least_squares_is_ridge_regression_when_nothing_is_forgotten() {
    int d = 3;
    double[] truth = {.5, -1, 2};
    RecursiveLeastSquares rls = new RecursiveLeastSquares(d, 1, 1);
    Random random = new Random(1);
    double[][] normal = {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}};
    double[] gain = new double[d];
    for (int t = 0; t < 200; t++) {
      float[] x = {(float) random.nextGaussian(), (float) random.nextGaussian(), 1};
      double y = .1 * random.nextGaussian();
      for (int i = 0; i < d; i++) {
        y += truth[i] * x[i];
      }
      for (int i = 0; i < d; i++) {
        for (int j = 0; j < d; j++) {
          normal[i][j] += x[i] * x[j];
        }
        normal[i][d] += x[i] * y;
      }
      rls.gain(x, 0, gain, 0);
      rls.learn(0, x, 0, gain, 0, y);
    }
    double[] ridge = solve(normal);
    for (int i = 0; i < d; i++) {
      assertThat(rls.weights()[i]).isCloseTo(ridge[i], within(1e-8));
    }
  }

  @Test
  void the_covariance_stays_symmetric_and_bounded_where_inputs_never_vary() {
    RecursiveLeastSquares rls = new RecursiveLeastSquares(4, 1, .99);
    double[] gain = new double[4];
    for (int t = 0; t < 20_000; t++) {
      rls.gain(new float[] {1, t % 2, 0, 0}, 0, gain, 0);
    }
    double[] p = rls.covariance();
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        assertThat(p[i * 4 + j]).isEqualTo(p[j * 4 + i]);
        assertThat(Math.abs(p[i * 4 + j])).isLessThan(25);
      }
    }
  }

  @Test
  void another_unit_changes_no_forecast() {
    int d = 3;
    RecursiveLeastSquares one = new RecursiveLeastSquares(d, 1, .999);
    RecursiveLeastSquares two = new RecursiveLeastSquares(d, 1, .999);
    Random random = new Random(2);
    double[] gain = new double[d];
    for (int t = 0; t < 100; t++) {
      float[] x = {(float) random.nextGaussian(), (float) random.nextGaussian(), 1};
      double y = x[0] - x[1] + 3 + random.nextGaussian();
      if (t == 40) {
        two.convert(2, 16);
      }
      float unit = t < 40 ? 1 : 16;
      one.gain(x, 0, gain, 0);
      one.learn(0, x, 0, gain, 0, y);
      float[] scaled = {x[0] / unit, x[1] / unit, 1};
      two.gain(scaled, 0, gain, 0);
      two.learn(0, scaled, 0, gain, 0, y / unit);
      assertThat(two.predict(0, scaled, 0) * unit).isCloseTo(one.predict(0, x, 0), within(1e-5));
    }
  }

  private static double[] solve(double[][] a) {
    int n = a.length;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (j != i) {
          double f = a[j][i] / a[i][i];
          for (int k = i; k <= n; k++) {
            a[j][k] -= f * a[i][k];
          }
        }
      }
    }
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = a[i][n] / a[i][i];
    }
    return x;
  }
}
