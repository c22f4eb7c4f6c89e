package io.tidecast.bench.forecasting;

import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.forecast.ForecastInput.Observation;
import io.tidecast.engine.forecast.ForecastLearner;
import io.tidecast.engine.forecast.ForecastOutput;
import io.tidecast.engine.forecast.ForecastOutput.SeriesForecast;
import io.tidecast.engine.forecast.ForecastSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The learner of the service itself, fed with the values as they were recorded. */
final class TidecastForecaster implements Forecaster {
  private final RecordedSeries series;
  private final ForecastLearner learner;
  private final double mean;
  private final double deviation;

  TidecastForecaster(
      RecordedSeries series, int horizon, int context, long seed, ComputeDevice device) {
    this.series = series;
    mean = series.mean();
    deviation = series.deviation();
    learner =
        ForecastLearner.create(
            new ForecastSettings(
                horizon,
                context,
                Optional.of(Duration.ofMillis(series.interval())),
                Duration.ZERO,
                1,
                0,
                0,
                seed),
            device);
  }

  @Override
  public void step(int t, float[] out) {
    List<ForecastOutput> outputs =
        learner.accept(new Observation(series.name(), series.times()[t], series.values()[t]));
    Arrays.fill(out, 0);
    for (ForecastOutput output : outputs) {
      if (output instanceof SeriesForecast forecast) {
        for (int lead = 0; lead < forecast.quantiles().length; lead++) {
          for (int q = 0; q < Levels.COUNT; q++) {
            out[lead * Levels.COUNT + q] =
                (float) ((forecast.quantiles()[lead][q] - mean) / deviation);
          }
        }
      }
    }
  }

  /**
   * What the experts of the pool said last, each alone.
   *
   * @param out receives standardised quantiles [K][H * 21]
   */
  void experts(float[][] out) {
    double[][][] experts = learner.expertQuantiles(series.name()).orElse(new double[0][][]);
    for (int k = 0; k < experts.length; k++) {
      standardise(experts[k], out[k]);
    }
  }

  private void standardise(double[][] quantiles, float[] out) {
    for (int lead = 0; lead < quantiles.length; lead++) {
      for (int q = 0; q < Levels.COUNT; q++) {
        out[lead * Levels.COUNT + q] = (float) ((quantiles[lead][q] - mean) / deviation);
      }
    }
  }

  @Override
  public void close() {
    learner.close();
  }
}
