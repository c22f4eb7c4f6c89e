package io.tidecast.bench.service;

import io.tidecast.app.config.ModelConfig;
import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.feed.ObservationProducer;
import io.tidecast.app.feed.Reading;
import io.tidecast.app.feed.RecordProducer;
import io.tidecast.app.service.KafkaTopics;
import io.tidecast.engine.supervised.Task;
import io.tidecast.schemas.Topics;
import io.tidecast.schemas.avro.LabeledSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Generated inputs, sent as fast as the brokers take them. */
public sealed interface Burst {

  /** Topic that they go to. */
  String topic(Topics topics);

  /** Sends them, and returns when all are acknowledged. */
  void send(TidecastConfig config, int inputs);

  /**
   * Seasonal series with noise, a point of each in turn.
   *
   * @param series how many
   */
  record Observations(int series) implements Burst {
    private static final long INTERVAL_MILLIS = 60_000;
    private static final int SEASON = 96;

    @Override
    public String topic(Topics topics) {
      return topics.observations().name();
    }

    @Override
    public void send(TidecastConfig config, int inputs) {
      Random noise = new Random(1);
      try (ObservationProducer producer = new ObservationProducer(config)) {
        List<Reading> row = new ArrayList<>();
        for (int i = 0; i < inputs; i++) {
          int s = i % series;
          int t = i / series;
          double value =
              10 + 3 * Math.sin(2 * Math.PI * (t + s) / SEASON) + 0.5 * noise.nextGaussian();
          row.add(new Reading("series-" + s, t * INTERVAL_MILLIS, value));
          if (s == series - 1 || i == inputs - 1) {
            producer.send(row);
            row.clear();
          }
        }
        producer.flush();
      }
    }
  }

  /**
   * Labelled samples of normal features, their label a linear rule of them with noise.
   *
   * @param model what they are for
   */
  record Samples(ModelConfig model) implements Burst {
    @Override
    public String topic(Topics topics) {
      return topics.samples(model.topics()).name();
    }

    @Override
    public void send(TidecastConfig config, int inputs) {
      Random random = new Random(1);
      int d = model.settings().inputs().features().size();
      try (RecordProducer<LabeledSample> producer =
          new RecordProducer<>(config, KafkaTopics.topics(config).samples(model.topics()))) {
        for (int i = 0; i < inputs; i++) {
          List<Float> x = new ArrayList<>(d);
          double rule = 0.3 * random.nextGaussian();
          for (int j = 0; j < d; j++) {
            float value = (float) random.nextGaussian();
            x.add(value);
            rule += (j % 2 == 0 ? value : -value) / Math.sqrt(d);
          }
          producer.send(
              "burst",
              new LabeledSample(
                  "sample-" + i,
                  "burst",
                  (long) i,
                  x,
                  model.settings().inputs().shape(),
                  label(rule),
                  null));
        }
        producer.flush();
      }
    }

    private double label(double rule) {
      if (model.settings().task() instanceof Task.Classification c) {
        double share = 1 / (1 + Math.exp(-1.7 * rule));
        return Math.min(Math.floor(share * c.classes()), c.classes() - 1);
      }
      return rule;
    }
  }
}
