package io.tidecast.engine.posterior;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LowRankTest extends PosteriorKit {
  @Override
  Family family() {
    return new Family.LowRank(3);
  }

  /** With as many columns as there are latent factors the whole covariance is found. */
  @ParameterizedTest(name = "B={0}, M={1}")
  @CsvSource({"2000, 8, .03, .1", "50, 8, .12, .6"})
  void marginal_variances_and_the_divergence_from_the_exact_posterior(
      int rows, int draws, double variance, double divergence) {
    Convergence q = Convergence.of(family(), DATA, rows, draws, 8000);
    double[][] covariance = Matrices.inverse(q.precision());
    double[] marginal = DATA.marginalVariances();
    double[] found = new double[marginal.length];
    double correlations = 0;
    double[][] truth = Matrices.inverse(DATA.precision);
    for (int i = 0; i < found.length; i++) {
      found[i] = covariance[i][i];
      for (int j = 0; j < found.length; j++) {
        double e =
            covariance[i][j] / Math.sqrt(covariance[i][i] * covariance[j][j])
                - truth[i][j] / Math.sqrt(truth[i][i] * truth[j][j]);
        correlations += e * e / (found.length * found.length);
      }
    }
    assertThat(Convergence.meanRelativeError(found, marginal)).isLessThan(variance);
    assertThat(Matrices.divergence(q.precision(), DATA.precision)).isLessThan(divergence);
    if (rows == LinearRegression.ROWS) {
      assertThat(Math.sqrt(correlations)).isLessThan(.04);
    }
  }
}
