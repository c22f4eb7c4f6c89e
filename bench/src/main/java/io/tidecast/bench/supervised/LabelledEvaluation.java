package io.tidecast.bench.supervised;

import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.inference.LearningSettings;
import io.tidecast.engine.supervised.SampleInput;
import io.tidecast.engine.supervised.SampleInput.Sample;
import io.tidecast.engine.supervised.SampleOutput;
import io.tidecast.engine.supervised.SupervisedLearner;
import io.tidecast.engine.supervised.SupervisedSettings;
import io.tidecast.engine.supervised.SupervisedSettings.Inputs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;

/** Test-then-train on a labelled table: each row is predicted, then its label is learned. */
public final class LabelledEvaluation {
  /** The name of our own results. */
  static final String TIDECAST = "tidecast";

  /**
   * What to evaluate.
   *
   * @param csv file with a header, plain or .gz
   * @param labelColumn name of the label's column
   * @param columns names of the features' columns; empty for all others
   * @param shape of the features, e.g. [28, 28]; empty for a plain table
   * @param labelHistory whether earlier labels are inputs too; results with it do not compare with
   *     published ones without
   * @param limit most rows
   * @param warmup share of the rows, from the first, that are learned but not scored
   * @param adam whether the point estimates of {@link PlainAdam} run beside
   * @param seed of the learner
   */
  public record Options(
      Path csv,
      String labelColumn,
      List<String> columns,
      List<Integer> shape,
      boolean labelHistory,
      int limit,
      double warmup,
      boolean adam,
      long seed) {}

  private LabelledEvaluation() {}

  /** The settings that a table gets unless others are given. */
  public static SupervisedSettings settings(LabelledTable table, Options options) {
    Inputs plain = new Inputs(table.features(), options.shape(), table.hasMissing(), 0, List.of());
    Inputs inputs = options.labelHistory() ? plain.withLabelHistory() : plain;
    return options.shape().isEmpty()
        ? SupervisedSettings.tabular(table.task(), inputs, options.seed())
        : SupervisedSettings.images(
            table.task(),
            inputs,
            SupervisedSettings.tabular(table.task(), inputs, 0).network(),
            options.seed());
  }

  /**
   * Evaluates with the default settings.
   *
   * @param progress told the share done, 0..1
   */
  public static List<LabelledResult> run(
      Options options, ComputeDevice device, DoubleConsumer progress) throws IOException {
    LabelledTable table =
        LabelledTable.read(
            options.csv(),
            options.labelColumn(),
            options.columns(),
            options.limit(),
            LabelledTable.Labels.BY_VALUE);
    return run(table, settings(table, options), options.warmup(), options.adam(), device, progress);
  }

  /** Evaluates a table that was read, with settings of one's own. */
  public static List<LabelledResult> run(
      LabelledTable table,
      SupervisedSettings settings,
      double warmup,
      boolean adam,
      ComputeDevice device,
      DoubleConsumer progress) {
    int skip = (int) (warmup * table.labels().length);
    Map<String, LearningSettings> learners = learners(settings.learning(), adam);
    List<LabelledResult> results = new ArrayList<>();
    double share = 1.0 / learners.size();
    double done = 0;
    for (Map.Entry<String, LearningSettings> entry : learners.entrySet()) {
      String name = entry.getKey();
      double before = done;
      ScoreBook book = new ScoreBook(table, skip);
      SupervisedSettings chosen = settings.withLearning(entry.getValue());
      try (SupervisedLearner learner = SupervisedLearner.create(chosen, device)) {
        double seconds = play(table, learner, book, p -> progress.accept(before + share * p));
        double rate = table.labels().length / seconds;
        results.addAll(
            name.equals(TIDECAST) ? book.results(name, true, rate) : book.networkOnly(name, rate));
      }
      done += share;
    }
    return results;
  }

  /** Ours and, where wanted, the point estimates beside it, by name. */
  static Map<String, LearningSettings> learners(LearningSettings ours, boolean adam) {
    Map<String, LearningSettings> learners = new LinkedHashMap<>();
    learners.put(TIDECAST, ours);
    learners.putAll(adam ? PlainAdam.beside(ours) : Map.of());
    return learners;
  }

  /**
   * Feeds all rows.
   *
   * @return seconds that it took
   */
  static double play(
      LabelledTable table, SupervisedLearner learner, ScoreBook book, DoubleConsumer progress) {
    long begin = System.nanoTime();
    int n = table.labels().length;
    int row = 0;
    for (int i = 0; i <= n; i++) {
      SampleInput input =
          i < n
              ? new Sample("row-" + i, table.name(), i, table.rows()[i], table.labels()[i])
              : new SampleInput.BatchCut();
      learner
          .check(input)
          .ifPresent(
              refused -> {
                throw new IllegalArgumentException(refused.reason() + ": " + refused.detail());
              });
      for (SampleOutput output : learner.accept(input)) {
        if (output instanceof SampleOutput.Prediction prediction) {
          book.add(prediction, row++);
        }
      }
      if (i % 1000 == 0) {
        progress.accept((double) i / n);
      }
    }
    return (System.nanoTime() - begin) * 1e-9;
  }
}
