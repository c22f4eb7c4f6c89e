package io.tidecast.bench.supervised;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What was reached on one table, over its splits.
 *
 * @param rmse mean root mean squared error of the test rows, in the target's unit
 * @param rmseError its standard error over the splits
 * @param logLikelihood mean log-likelihood of the test rows, nats
 * @param logLikelihoodError its standard error over the splits
 * @param medianRmse median of the published PBP, MC dropout and deep ensembles
 * @param medianLogLikelihood likewise
 * @param published all published figures for this table, in words
 * @param seconds that the whole table took
 */
public record UciResult(
    String dataset,
    int splits,
    double rmse,
    double rmseError,
    double logLikelihood,
    double logLikelihoodError,
    double medianRmse,
    double medianLogLikelihood,
    String published,
    double seconds) {

  /**
   * Published figures: probabilistic backpropagation (Hernandez-Lobato and Adams 2015), MC dropout
   * (Gal and Ghahramani 2016), deep ensembles (Lakshminarayanan et al. 2017).
   */
  private record Published(String dataset, double[] rmse, double[] logLikelihood) {}

  private static final List<Published> PUBLISHED =
      List.of(
          new Published("uci_concrete", row(5.67, 5.23, 6.03), row(-3.16, -3.04, -3.06)),
          new Published("uci_energy", row(1.80, 1.66, 2.09), row(-2.04, -1.99, -1.38)),
          new Published("uci_kin8nm", row(.10, .10, .09), row(.90, .95, 1.20)),
          new Published("uci_power_plant", row(4.12, 4.02, 4.11), row(-2.84, -2.80, -2.79)),
          new Published("uci_wine_quality_red", row(.64, .62, .64), row(-.97, -.93, -.94)));

  static UciResult of(String dataset, double[] rmse, double[] logLikelihood, double seconds) {
    Published other =
        PUBLISHED.stream()
            .filter(p -> p.dataset().equals(dataset))
            .findAny()
            .orElse(new Published(dataset, new double[0], new double[0]));
    return new UciResult(
        dataset,
        rmse.length,
        mean(rmse),
        standardError(rmse),
        mean(logLikelihood),
        standardError(logLikelihood),
        median(other.rmse()),
        median(other.logLikelihood()),
        "PBP / MC dropout / deep ensembles: RMSE %s, log-likelihood %s"
            .formatted(text(other.rmse()), text(other.logLikelihood())),
        seconds);
  }

  private static double[] row(double... values) {
    return values;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  private static double standardError(double[] values) {
    double m = mean(values);
    double sum = Arrays.stream(values).map(v -> (v - m) * (v - m)).sum();
    return Math.sqrt(sum / Math.max(1, values.length - 1) / values.length);
  }

  private static double median(double[] values) {
    return values.length == 0
        ? Double.NaN
        : Arrays.stream(values).sorted().toArray()[values.length / 2];
  }

  private static String text(double[] values) {
    return Arrays.stream(values).mapToObj(String::valueOf).collect(Collectors.joining(" / "));
  }
}
