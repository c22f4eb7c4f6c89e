package io.tidecast.app.stream;

import io.tidecast.engine.Learner;
import io.tidecast.engine.forecast.ForecastInput;
import io.tidecast.engine.forecast.ForecastOutput;
import io.tidecast.engine.forecast.ForecastOutput.SeriesForecast;
import io.tidecast.engine.forecast.ForecastOutput.SeriesScore;
import io.tidecast.schemas.AvroSerdes;
import io.tidecast.schemas.Topics;
import io.tidecast.schemas.avro.Forecast;
import io.tidecast.schemas.avro.Observation;
import io.tidecast.schemas.avro.Score;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;

/** Joins forecast learners to {@code observations}, {@code forecasts} and {@code scores}. */
final class ForecastBinding implements LearnerBinding<ForecastInput, ForecastOutput> {
  static final String FORECASTS = "forecast-sink";
  static final String SCORES = "score-sink";

  private final Topics topics;
  private final Serde<Observation> observations;
  private final Serde<Forecast> forecasts;
  private final Serde<Score> scores;
  private final IntFunction<Learner<ForecastInput, ForecastOutput>> learners;

  ForecastBinding(
      Topics topics,
      AvroSerdes serdes,
      IntFunction<Learner<ForecastInput, ForecastOutput>> learners) {
    this.topics = topics;
    this.learners = learners;
    observations = serdes.values(topics.observations());
    forecasts = serdes.values(topics.forecasts());
    scores = serdes.values(topics.scores());
  }

  @Override
  public Learner<ForecastInput, ForecastOutput> newLearner(int partition) {
    return learners.apply(partition);
  }

  @Override
  public ForecastInput read(byte @Nullable [] key, byte @Nullable [] value) {
    if (value == null) {
      throw new RefusedException(
          "NO_VALUE", "expected an Observation, got a record without a value");
    }
    Observation o;
    try {
      o = observations.deserializer().deserialize(topics.observations().name(), value);
    } catch (SerializationException e) {
      throw new RefusedException("MALFORMED", String.valueOf(e.getMessage()));
    }
    String series = o.getSeriesId();
    RecordKey.require("series", series, key);
    Double v = o.getValue();
    if (v != null && !Double.isFinite(v)) {
      throw new RefusedException(
          "NON_FINITE_VALUE",
          "series '%s', timestamp %d: value is %s; expected a finite number, or null for measured as missing"
              .formatted(series, o.getTimestamp(), v));
    }
    return new ForecastInput.Observation(
        series,
        o.getTimestamp(),
        v == null ? Double.NaN : v,
        o.getCovariates().stream().mapToDouble(Double::doubleValue).toArray(),
        o.getKnownFuture().stream()
            .map(row -> row.stream().mapToDouble(Double::doubleValue).toArray())
            .toArray(double[][]::new));
  }

  @Override
  public ForecastInput cut() {
    return new ForecastInput.BatchCut();
  }

  @Override
  public Outgoing write(ForecastOutput output) {
    byte[] key = output.seriesId().getBytes(StandardCharsets.UTF_8);
    if (output instanceof SeriesForecast f) {
      byte[] value =
          forecasts.serializer().serialize(topics.forecasts().name(), ForecastRecords.forecast(f));
      return new Outgoing(FORECASTS, key, value);
    }
    SeriesScore s = (SeriesScore) output;
    return new Outgoing(
        SCORES,
        key,
        scores.serializer().serialize(topics.scores().name(), ForecastRecords.score(s)));
  }
}
