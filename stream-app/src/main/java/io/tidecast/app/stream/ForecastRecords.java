package io.tidecast.app.stream;

import io.tidecast.engine.forecast.ForecastOutput.SeriesForecast;
import io.tidecast.engine.forecast.ForecastOutput.SeriesScore;
import io.tidecast.schemas.avro.Coverage;
import io.tidecast.schemas.avro.Forecast;
import io.tidecast.schemas.avro.LeadTime;
import io.tidecast.schemas.avro.LeadTimeScore;
import io.tidecast.schemas.avro.ModelVersion;
import io.tidecast.schemas.avro.Score;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The engine's outputs as Avro records. */
final class ForecastRecords {
  private ForecastRecords() {}

  static Forecast forecast(SeriesForecast f) {
    List<LeadTime> leadTimes = new ArrayList<>(f.mean().length);
    for (int h = 0; h < f.mean().length; h++) {
      leadTimes.add(
          new LeadTime(
              h + 1,
              f.mean()[h],
              list(f.quantiles()[h]),
              f.epistemicStd()[h],
              f.aleatoricStd()[h],
              list(f.expertWeights()[h])));
    }
    return new Forecast(
        f.seriesId(),
        f.timestamp(),
        new ModelVersion(f.epoch(), f.step()),
        f.observationsSeen(),
        f.intervalMillis(),
        list(f.levels()),
        leadTimes,
        List.of(f.expertNames()),
        new Coverage(
            known(f.coverage50()),
            known(f.coverage80()),
            known(f.coverage90()),
            known(f.coverage95())),
        f.warmingUp(),
        Arrays.stream(f.paths()).map(ForecastRecords::list).toList());
  }

  static Score score(SeriesScore s) {
    List<LeadTimeScore> leadTimes = new ArrayList<>(s.leadTimes().length);
    for (int i = 0; i < s.leadTimes().length; i++) {
      leadTimes.add(
          new LeadTimeScore(
              s.leadTimes()[i],
              s.crps()[i],
              s.logScore()[i],
              s.pit()[i],
              s.inside50()[i],
              s.inside80()[i],
              s.inside90()[i],
              s.inside95()[i]));
    }
    return new Score(s.seriesId(), s.timestamp(), s.truth(), leadTimes, s.surprise(), s.drift());
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static @Nullable Double known(double share) {
    return Double.isNaN(share) ? null : share;
  }
}
