package io.tidecast.app.http;

import io.tidecast.app.stream.LearnerFigures;
import io.tidecast.schemas.avro.ClassMeans;
import io.tidecast.schemas.avro.ClassWorth;
import io.tidecast.schemas.avro.Prediction;
import io.tidecast.schemas.avro.SampleScore;
import io.tidecast.schemas.avro.ValueMeans;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A model of labelled samples: what it predicted lately and what that was worth. Predictions and
 * scores come from two topics in either order and are joined here. Thread-safe.
 */
final class LabelledView {
  /** Samples whose prediction or score waits for the other. */
  private static final int WAITING = 10_000;

  /** Predictions shown. */
  static final int RECENT = 24;

  private final String model;
  private final List<String> classNames;
  private final Map<String, Double> largest = newest();
  private final Map<String, SampleScore> scores = newest();
  private final Deque<Prediction> recent = new ArrayDeque<>();
  private final Map<Integer, SampleScore> soFar = new TreeMap<>();
  private final CalibrationCurve curve = new CalibrationCurve();
  private long count;

  LabelledView(String model, List<String> classNames) {
    this.model = model;
    this.classNames = classNames;
  }

  private static <V> Map<String, V> newest() {
    return new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > WAITING;
      }
    };
  }

  synchronized void add(Prediction p) {
    count++;
    recent.addFirst(p);
    if (recent.size() > RECENT) {
      recent.removeLast();
    }
    String sample = key(p.getStreamId(), p.getSampleId());
    p.getClassProbabilities().stream().max(Double::compare).ifPresent(q -> largest.put(sample, q));
    join(sample);
  }

  /**
   * Takes in a score.
   *
   * @param partition of the topic, hence of the learner whose means it carries
   */
  synchronized void add(int partition, SampleScore s) {
    soFar.put(partition, s);
    String sample = key(s.getStreamId(), s.getSampleId());
    scores.put(sample, s);
    join(sample);
  }

  private void join(String sample) {
    Double probability = largest.get(sample);
    SampleScore s = scores.get(sample);
    if (probability != null && s != null && s.getWorth() instanceof ClassWorth worth) {
      curve.add(probability, worth.getCorrect());
      largest.remove(sample);
    }
  }

  private static String key(String stream, String sample) {
    return stream + '\u0000' + sample;
  }

  /** Predictions read so far. */
  synchronized long predictions() {
    return count;
  }

  /** All of it; without learners. */
  LabelledJson.Model json() {
    return json(Map.of());
  }

  /**
   * All of it.
   *
   * @param learners of this process, by partition
   */
  synchronized LabelledJson.Model json(Map<Integer, LearnerFigures> learners) {
    List<LabelledJson.Sample> samples = new ArrayList<>();
    for (Prediction p : recent) {
      samples.add(LabelledJson.Sample.of(p, scores.get(key(p.getStreamId(), p.getSampleId()))));
    }
    Prediction newest = recent.peekFirst();
    return new LabelledJson.Model(
        model,
        classNames,
        count,
        worth(),
        curve.bins(),
        newest == null ? Map.of() : newest.getExpertWeights(),
        learners.entrySet().stream()
            .map(l -> new LabelledJson.Partition(l.getKey(), ModelJson.learner(l.getValue())))
            .toList(),
        samples);
  }

  /** The means of all partitions, each with the weight of its samples. */
  synchronized LabelledJson.@Nullable Worth worth() {
    long n = 0;
    double[] sums = new double[6];
    boolean classes = false;
    for (SampleScore s : soFar.values()) {
      double[] means;
      long samples;
      if (s.getSoFar() instanceof ClassMeans m) {
        classes = true;
        samples = m.getSamples();
        means =
            new double[] {
              m.getAccuracy(),
              m.getLogLoss(),
              m.getBrier(),
              m.getCalibrationError(),
              m.getSetCoverage()
            };
      } else {
        ValueMeans m = (ValueMeans) s.getSoFar();
        samples = m.getSamples();
        means =
            new double[] {
              m.getRmse() * m.getRmse(),
              m.getCrps(),
              m.getCoverage50(),
              m.getCoverage80(),
              m.getCoverage90(),
              m.getCoverage95()
            };
      }
      n += samples;
      for (int i = 0; i < means.length; i++) {
        sums[i] += samples * means[i];
      }
    }
    return n == 0 ? null : LabelledJson.Worth.of(n, sums, classes);
  }
}
