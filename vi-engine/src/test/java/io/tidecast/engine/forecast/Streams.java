package io.tidecast.engine.forecast;

import io.tidecast.engine.forecast.ForecastInput.Observation;
import io.tidecast.engine.forecast.ForecastOutput.SeriesForecast;
import io.tidecast.engine.forecast.ForecastOutput.SeriesScore;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Generated series and what a learner says of them. */
final class Streams {
  static final long START = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();
  static final long HOUR = Duration.ofHours(1).toMillis();

  private Streams() {}

  static ForecastSettings settings(int horizon, int context) {
    return new ForecastSettings(
        horizon, context, Optional.of(Duration.ofHours(1)), Duration.ofHours(12), 64, 0, 0, 7);
  }

  /** Day and trend with noise. */
  static double[] seasonal(int n, long seed) {
    Random random = new Random(seed);
    double[] y = new double[n];
    for (int t = 0; t < n; t++) {
      y[t] = 20 + 5 * Math.sin(2 * Math.PI * t / 24) + .002 * t + .5 * random.nextGaussian();
    }
    return y;
  }

  static List<ForecastInput> hourly(String id, double[] values) {
    List<ForecastInput> inputs = new ArrayList<>();
    for (int t = 0; t < values.length; t++) {
      inputs.add(new Observation(id, START + t * HOUR, values[t]));
    }
    return inputs;
  }

  static List<ForecastOutput> feed(ForecastLearner learner, List<ForecastInput> inputs) {
    List<ForecastOutput> outputs = new ArrayList<>();
    for (ForecastInput input : inputs) {
      outputs.addAll(learner.accept(input));
    }
    return outputs;
  }

  static List<SeriesForecast> forecasts(List<ForecastOutput> outputs) {
    return outputs.stream()
        .filter(SeriesForecast.class::isInstance)
        .map(SeriesForecast.class::cast)
        .toList();
  }

  static List<SeriesScore> scores(List<ForecastOutput> outputs) {
    return outputs.stream()
        .filter(SeriesScore.class::isInstance)
        .map(SeriesScore.class::cast)
        .toList();
  }

  /** All components of an output as text; doubles in full, so equal text is equal bits. */
  static String bits(Record output) {
    StringBuilder text = new StringBuilder();
    for (RecordComponent component : output.getClass().getRecordComponents()) {
      try {
        Object value = component.getAccessor().invoke(output);
        text.append(component.getName())
            .append(Arrays.deepToString(new Object[] {value}))
            .append('\n');
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(e.getMessage(), e);
      }
    }
    return text.toString();
  }
}
