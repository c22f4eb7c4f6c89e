package io.tidecast.app.stream;

import io.tidecast.engine.Learner;
import io.tidecast.engine.forecast.ForecastInput;
import io.tidecast.engine.forecast.ForecastOutput;
import io.tidecast.schemas.AvroSerdes;
import io.tidecast.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.kafka.streams.Topology;

/** {@code observations -> learner -> forecasts, scores, dead-letters}. */
public final class ForecastTopology {
  private ForecastTopology() {}

  /**
   * Builds the topology.
   *
   * @param learners a new learner for each partition
   * @param batchTimeout a mini-batch that has waited this long is cut; empty: never
   * @param snapshotMinBytes the least journal that brings about a snapshot
   */
  public static Topology build(
      Topics topics,
      AvroSerdes serdes,
      IntFunction<Learner<ForecastInput, ForecastOutput>> learners,
      Optional<Duration> batchTimeout,
      long snapshotMinBytes,
      TaskGauges gauges) {
    Topology topology = new Topology();
    LearnerNodes.FORECAST.addTo(
        topology,
        topics.observations().name(),
        List.of(
            new LearnerNodes.Output(ForecastBinding.FORECASTS, topics.forecasts().name()),
            new LearnerNodes.Output(ForecastBinding.SCORES, topics.scores().name())),
        topics.deadLetters().name(),
        () -> new ForecastBinding(topics, serdes, learners),
        new LearnerNodes.Running(batchTimeout, snapshotMinBytes, gauges));
    return topology;
  }
}
