package io.tidecast.app.http;

import io.tidecast.schemas.avro.Coverage;
import io.tidecast.schemas.avro.Forecast;
import io.tidecast.schemas.avro.LeadTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest forecast of a series, in plain arrays: a tenth of what the record with its boxed
 * numbers takes.
 *
 * @param issuedAt origin, milliseconds since the epoch
 * @param levels quantile levels [Q], ascending
 * @param mean predictive mean [H]
 * @param quantiles predictive quantiles [H][Q]
 * @param epistemicStd [H]
 * @param aleatoricStd [H]
 * @param experts names [K] of the pool's experts
 * @param weights their weights [H][K]
 * @param coverage observed coverage of the 50, 80, 90 and 95 % band, NaN before the first truth
 */
record NewestForecast(
    long issuedAt,
    long intervalMillis,
    long epoch,
    long step,
    long observationsSeen,
    boolean warmingUp,
    double[] levels,
    double[] mean,
    double[][] quantiles,
    double[] epistemicStd,
    double[] aleatoricStd,
    List<String> experts,
    double[][] weights,
    double[] coverage) {

  static NewestForecast of(Forecast f) {
    List<LeadTime> leads = f.getLeadTimes();
    Coverage c = f.getObservedCoverage();
    return new NewestForecast(
        f.getIssuedAt(),
        f.getIntervalMillis(),
        f.getModelVersion().getEpoch(),
        f.getModelVersion().getStep(),
        f.getObservationsSeen(),
        f.getWarmingUp(),
        array(f.getQuantileLevels()),
        leads.stream().mapToDouble(LeadTime::getMean).toArray(),
        leads.stream().map(l -> array(l.getQuantiles())).toArray(double[][]::new),
        leads.stream().mapToDouble(LeadTime::getEpistemicStd).toArray(),
        leads.stream().mapToDouble(LeadTime::getAleatoricStd).toArray(),
        List.copyOf(f.getExperts()),
        leads.stream().map(l -> array(l.getExpertWeights())).toArray(double[][]::new),
        new double[] {
          orNaN(c.getBand50()), orNaN(c.getBand80()), orNaN(c.getBand90()), orNaN(c.getBand95())
        });
  }

  int horizon() {
    return mean.length;
  }

  /** Time of a lead time, milliseconds since the epoch. */
  long time(int leadTime) {
    return issuedAt + leadTime * intervalMillis;
  }

  /**
   * Quantile of one lead time.
   *
   * @param lead index from 0
   * @param level between 0 and 1; between two known levels it is interpolated, outside of them the
   *     outermost is taken
   */
  double quantile(int lead, double level) {
    double[] q = quantiles[lead];
    if (q.length == 0) {
      return Double.NaN;
    }
    int above = 0;
    while (above < levels.length && levels[above] < level - 1e-9) {
      above++;
    }
    if (above == levels.length) {
      return q[above - 1];
    }
    if (above == 0 || Math.abs(levels[above] - level) < 1e-9) {
      return q[above];
    }
    double w = (level - levels[above - 1]) / (levels[above] - levels[above - 1]);
    return (1 - w) * q[above - 1] + w * q[above];
  }

  double median(int lead) {
    return quantile(lead, 0.5);
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double orNaN(@Nullable Double share) {
    return share == null ? Double.NaN : share;
  }
}
