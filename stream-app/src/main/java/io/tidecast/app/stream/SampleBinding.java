package io.tidecast.app.stream;

import io.tidecast.engine.Learner;
import io.tidecast.engine.supervised.SampleInput;
import io.tidecast.engine.supervised.SampleOutput;
import io.tidecast.schemas.AvroSerdes;
import io.tidecast.schemas.ModelTopics;
import io.tidecast.schemas.Topics;
import io.tidecast.schemas.avro.LabeledSample;
import io.tidecast.schemas.avro.Prediction;
import io.tidecast.schemas.avro.SampleScore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;

/** Joins the learners of one model to its samples, predictions and scores. */
final class SampleBinding implements LearnerBinding<SampleInput, SampleOutput> {
  static final String PREDICTIONS = "prediction";
  static final String SCORES = "score";

  private final ModelTopics model;
  private final String samplesTopic;
  private final String predictionsTopic;
  private final String scoresTopic;
  private final String predictionSink;
  private final String scoreSink;
  private final Serde<LabeledSample> samples;
  private final Serde<Prediction> predictions;
  private final Serde<SampleScore> scores;
  private final IntFunction<Learner<SampleInput, SampleOutput>> learners;

  SampleBinding(
      Topics topics,
      ModelTopics model,
      AvroSerdes serdes,
      IntFunction<Learner<SampleInput, SampleOutput>> learners) {
    this.model = model;
    this.learners = learners;
    samplesTopic = topics.samples(model).name();
    predictionsTopic = topics.predictions(model).name();
    scoresTopic = topics.scores(model).name();
    samples = serdes.values(topics.samples(model));
    predictions = serdes.values(topics.predictions(model));
    scores = serdes.values(topics.scores(model));
    LearnerNodes nodes = new LearnerNodes(model.model());
    predictionSink = nodes.sink(PREDICTIONS);
    scoreSink = nodes.sink(SCORES);
  }

  @Override
  public Learner<SampleInput, SampleOutput> newLearner(int partition) {
    return learners.apply(partition);
  }

  @Override
  public SampleInput read(byte @Nullable [] key, byte @Nullable [] value) {
    if (value == null) {
      throw new RefusedException(
          "NO_VALUE", "expected a LabeledSample, got a record without a value");
    }
    LabeledSample s;
    try {
      s = samples.deserializer().deserialize(samplesTopic, value);
    } catch (SerializationException e) {
      throw new RefusedException("MALFORMED", String.valueOf(e.getMessage()));
    }
    RecordKey.require("stream", s.getStreamId(), key);
    String meant = s.getModel();
    if (meant != null && !meant.equals(model.model())) {
      throw new RefusedException(
          "UNKNOWN_MODEL",
          "stream '%s', sample '%s': it is meant for model '%s', and topic '%s' belongs to model '%s'"
              .formatted(s.getStreamId(), s.getSampleId(), meant, samplesTopic, model.model()));
    }
    return new SampleInput.Sample(
        s.getSampleId(),
        s.getStreamId(),
        s.getTimestamp(),
        floats(s.getFeatures()),
        s.getShape().stream().mapToInt(Integer::intValue).toArray(),
        s.getLabel());
  }

  private static float[] floats(List<Float> list) {
    float[] floats = new float[list.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = list.get(i);
    }
    return floats;
  }

  @Override
  public SampleInput cut() {
    return new SampleInput.BatchCut();
  }

  @Override
  public Outgoing write(SampleOutput output) {
    byte[] key = output.streamId().getBytes(StandardCharsets.UTF_8);
    if (output instanceof SampleOutput.Prediction p) {
      return new Outgoing(
          predictionSink,
          key,
          predictions
              .serializer()
              .serialize(predictionsTopic, SampleRecords.prediction(p, model.model())));
    }
    SampleOutput.Score s = (SampleOutput.Score) output;
    return new Outgoing(
        scoreSink,
        key,
        scores.serializer().serialize(scoresTopic, SampleRecords.score(s, model.model())));
  }
}
