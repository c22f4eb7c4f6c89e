package io.tidecast.app.stream;

import io.tidecast.engine.Learner;
import io.tidecast.engine.supervised.SampleInput;
import io.tidecast.engine.supervised.SampleOutput;
import io.tidecast.schemas.AvroSerdes;
import io.tidecast.schemas.ModelTopics;
import io.tidecast.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.kafka.streams.Topology;

/** {@code samples -> learner -> predictions, scores, dead-letters}, for one model. */
public final class SampleTopology {
  private SampleTopology() {}

  /**
   * Adds a model to a topology.
   *
   * @param model the model and its topics
   * @param learners a new learner for each partition
   * @param batchTimeout a mini-batch that has waited this long is cut; empty: never
   * @param snapshotMinBytes the least journal that brings about a snapshot
   */
  public static void addTo(
      Topology topology,
      Topics topics,
      ModelTopics model,
      AvroSerdes serdes,
      IntFunction<Learner<SampleInput, SampleOutput>> learners,
      Optional<Duration> batchTimeout,
      long snapshotMinBytes,
      TaskGauges gauges) {
    LearnerNodes nodes = new LearnerNodes(model.model());
    nodes.addTo(
        topology,
        topics.samples(model).name(),
        List.of(
            new LearnerNodes.Output(
                nodes.sink(SampleBinding.PREDICTIONS), topics.predictions(model).name()),
            new LearnerNodes.Output(nodes.sink(SampleBinding.SCORES), topics.scores(model).name())),
        topics.deadLetters().name(),
        () -> new SampleBinding(topics, model, serdes, learners),
        new LearnerNodes.Running(batchTimeout, snapshotMinBytes, gauges));
  }
}
