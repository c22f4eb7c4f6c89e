package io.tidecast.bench.supervised;

import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.inference.LearningSettings;
import io.tidecast.engine.supervised.SampleInput;
import io.tidecast.engine.supervised.SampleInput.Sample;
import io.tidecast.engine.supervised.SampleOutput;
import io.tidecast.engine.supervised.SampleOutput.ClassPrediction;
import io.tidecast.engine.supervised.SupervisedLearner;
import io.tidecast.engine.supervised.SupervisedSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleConsumer;
import java.util.function.ToDoubleFunction;

/**
 * Images unlike those that were learned, beside the same network under plain Adam.
 *
 * <p>The first four fifths of the rows are learned in one pass, without those of the withheld
 * classes. Of the rest, the images of the other classes stand against those of the withheld ones,
 * against themselves turned by a quarter, and against uniform noise. The learner's scale follows
 * unlabelled images too, so each hundred of them meet it as it was after its last label: what is
 * unlike is not to become usual.
 */
public final class OodBenchmark {
  private static final double LEARNED = .8;
  private static final int TOGETHER = 100;

  private final LabelledTable learned;
  private final LabelledTable like;
  private final Map<String, List<float[]>> unlike = new LinkedHashMap<>();
  private final ComputeDevice device;

  private OodBenchmark(
      LabelledTable table, List<Integer> shape, Set<Integer> withheld, ComputeDevice device) {
    int rows = table.labels().length;
    int first = (int) (LEARNED * rows);
    this.device = device;
    learned = table.rows(i -> i < first && !withheld.contains((int) table.labels()[i]));
    like = table.rows(i -> i >= first && !withheld.contains((int) table.labels()[i]));
    LabelledTable unseen =
        table.rows(i -> i >= first && withheld.contains((int) table.labels()[i]));
    if (like.labels().length == 0 || (unseen.labels().length == 0 && !withheld.isEmpty())) {
      throw new IllegalArgumentException(
          "%s: expected rows of withheld and of other classes among the last %d, got %d and %d"
              .formatted(table.name(), rows - first, unseen.labels().length, like.labels().length));
    }
    List<float[]> images = List.of(like.rows());
    if (!withheld.isEmpty()) {
      unlike.put("withheld", List.of(unseen.rows()));
    }
    unlike.put("rotated", UnlikeImages.turned(images, shape));
    unlike.put("noise", UnlikeImages.noise(images, 1));
  }

  /**
   * Runs it.
   *
   * @param table images and classes
   * @param seeds of the learner's random numbers, each of which learns once; the images are the
   *     same
   * @param withheld classes that are never learned; with none there are turned images and noise
   * @param progress told the share done, 0..1
   * @return a row for each seed, model and kind of image, in this order
   * @throws IllegalArgumentException if the images are not square, or classes are missing
   */
  public static List<OodResult> run(
      LabelledTable table,
      SupervisedSettings settings,
      List<Long> seeds,
      Set<Integer> withheld,
      ComputeDevice device,
      DoubleConsumer progress) {
    OodBenchmark benchmark = new OodBenchmark(table, settings.inputs().shape(), withheld, device);
    Map<String, LearningSettings> learners = LabelledEvaluation.learners(settings.learning(), true);
    List<OodResult> results = new ArrayList<>();
    double share = 1.0 / (seeds.size() * learners.size());
    double done = 0;
    for (long seed : seeds) {
      for (Map.Entry<String, LearningSettings> entry : learners.entrySet()) {
        double before = done;
        results.addAll(
            benchmark.results(
                entry.getKey(),
                settings.withSeed(seed).withLearning(entry.getValue()),
                p -> progress.accept(before + share * p)));
        done += share;
      }
    }
    return results;
  }

  private List<OodResult> results(
      String model, SupervisedSettings settings, DoubleConsumer progress) {
    Map<String, byte[]> state;
    try (SupervisedLearner learner = SupervisedLearner.create(settings, device)) {
      ScoreBook unused = new ScoreBook(learned, learned.labels().length);
      LabelledEvaluation.play(learned, learner, unused, progress);
      state = learner.snapshot().changed();
    }
    List<ClassPrediction> near = predict(settings, state, List.of(like.rows()));
    List<OodResult> results = new ArrayList<>();
    unlike.forEach(
        (name, images) ->
            results.add(
                result(model, settings.seed(), name, predict(settings, state, images), near)));
    return results;
  }

  private List<ClassPrediction> predict(
      SupervisedSettings settings, Map<String, byte[]> state, List<float[]> images) {
    List<SampleOutput> outputs = new ArrayList<>();
    for (int from = 0; from < images.size(); from += TOGETHER) {
      List<float[]> some = images.subList(from, Math.min(from + TOGETHER, images.size()));
      try (SupervisedLearner learner = SupervisedLearner.create(settings, device)) {
        learner.restore(state);
        for (int i = 0; i < some.size(); i++) {
          outputs.addAll(
              learner.accept(new Sample("unseen-" + i, learned.name(), 0, some.get(i), null)));
        }
        outputs.addAll(learner.accept(new SampleInput.BatchCut()));
      }
    }
    return outputs.stream().map(ClassPrediction.class::cast).toList();
  }

  private OodResult result(
      String model,
      long seed,
      String unlikeHow,
      List<ClassPrediction> far,
      List<ClassPrediction> near) {
    boolean pooled = model.equals(LabelledEvaluation.TIDECAST);
    return new OodResult(
        learned.name(),
        model,
        seed,
        unlikeHow,
        far.size(),
        near.size(),
        auroc(far, near, ClassPrediction::outOfDistribution),
        pooled ? auroc(far, near, ClassPrediction::entropy) : Double.NaN,
        pooled ? auroc(far, near, ClassPrediction::epistemic) : Double.NaN,
        networkAccuracy(near));
  }

  private static double auroc(
      List<ClassPrediction> far, List<ClassPrediction> near, ToDoubleFunction<ClassPrediction> by) {
    return Auroc.of(
        far.stream().mapToDouble(by).toArray(), near.stream().mapToDouble(by).toArray());
  }

  private double networkAccuracy(List<ClassPrediction> near) {
    ScoreBook book = new ScoreBook(like, 0);
    for (int i = 0; i < near.size(); i++) {
      book.add(near.get(i), i);
    }
    LabelledResult.Classes network = (LabelledResult.Classes) book.networkOnly("network", 1).get(0);
    return network.accuracy();
  }
}
