package io.tidecast.engine.supervised;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidecast.engine.Rejection;
import io.tidecast.engine.state.Snapshot;
import io.tidecast.engine.state.UnreadableStateException;
import io.tidecast.engine.supervised.SampleInput.BatchCut;
import io.tidecast.engine.supervised.SampleInput.Sample;
import io.tidecast.engine.supervised.SampleOutput.ClassPrediction;
import io.tidecast.engine.supervised.SampleOutput.ClassScore;
import io.tidecast.engine.supervised.SampleOutput.ValuePrediction;
import io.tidecast.engine.supervised.SampleOutput.ValueScore;
import io.tidecast.engine.supervised.SupervisedSettings.Inputs;
import io.tidecast.engine.supervised.SupervisedSettings.Pending;
import io.tidecast.engine.supervised.SupervisedSettings.Training;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SupervisedLearnerTest {
  private static final BatchCut CUT = new BatchCut();

  private static SupervisedSettings classes() {
    return SupervisedSettings.tabular(
            new Task.Classification(3), Inputs.numeric(2).withLabelHistory(), 7)
        .withTraining(new Training(4, 2, 8, 100, 0, true));
  }

  private static SupervisedSettings values() {
    return SupervisedSettings.tabular(new Task.Regression(), Inputs.numeric(2), 7)
        .withTraining(new Training(4, 2, 8, 100, 0, true));
  }

  private static SupervisedLearner learner(SupervisedSettings settings) {
    return learner(settings, network(settings));
  }

  private static RecordingNetwork network(SupervisedSettings settings) {
    return new RecordingNetwork(settings.task() instanceof Task.Classification c ? c.classes() : 0);
  }

  private static SupervisedLearner learner(SupervisedSettings settings, RecordingNetwork network) {
    return new SupervisedLearner(settings, inputs -> network);
  }

  private static Sample unlabelled(String id, long time, float... features) {
    return new Sample(id, "s", time, features, null);
  }

  private static Sample labelled(String id, long time, double label, float... features) {
    return new Sample(id, "s", time, features, label);
  }

  private static String reason(SupervisedLearner learner, Sample sample) {
    String before = learner.stateHash();
    String reason = learner.check(sample).map(Rejection::reason).orElse("good");
    assertThat(learner.stateHash()).isEqualTo(before);
    return reason;
  }

  /** Samples of two streams; some labelled at once, some later, some never. */
  private static List<SampleInput> traffic(int n, boolean regression) {
    Random random = new Random(5);
    List<SampleInput> inputs = new ArrayList<>();
    List<Sample> waiting = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      float a = (float) random.nextGaussian();
      float b = (float) random.nextGaussian();
      double label =
          regression ? 3 * a - b + .1 * random.nextGaussian() : a > .5 ? 2 : b > 0 ? 1 : 0;
      String stream = i % 3 == 0 ? "x" : "s";
      boolean atOnce = random.nextInt(3) > 0;
      inputs.add(new Sample("n" + i, stream, i, new float[] {a, b}, atOnce ? label : null));
      if (!atOnce) {
        waiting.add(Sample.labelOf("n" + i, stream, i + 5, label));
      }
      if (!waiting.isEmpty() && random.nextInt(3) == 0) {
        inputs.add(waiting.remove(random.nextInt(waiting.size())));
      }
      if (random.nextInt(11) == 0) {
        inputs.add(CUT);
      }
    }
    return inputs;
  }

  private static List<SampleOutput> feed(SupervisedLearner learner, List<SampleInput> inputs) {
    List<SampleOutput> outputs = new ArrayList<>();
    for (SampleInput input : inputs) {
      assertThat(learner.check(input)).isEmpty();
      outputs.addAll(learner.accept(input));
    }
    return outputs;
  }

  @Test
  void a_sample_is_predicted_when_its_mini_batch_is_full() {
    SupervisedLearner learner = learner(classes());
    List<SampleOutput> outputs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      outputs.addAll(learner.accept(unlabelled("n" + i, i, i, 1)));
    }
    assertThat(outputs).isEmpty();
    assertThat(learner.awaitsCut()).isTrue();
    outputs.addAll(learner.accept(unlabelled("n3", 3, 3, 1)));
    assertThat(outputs).hasSize(4).allMatch(ClassPrediction.class::isInstance);
    assertThat(outputs).extracting(SampleOutput::sampleId).containsExactly("n0", "n1", "n2", "n3");
    assertThat(learner.awaitsCut()).isFalse();
  }

  @Test
  void a_labelled_sample_is_predicted_first_and_scored_by_that_prediction() {
    SupervisedLearner learner = learner(classes());
    learner.accept(labelled("a", 1, 2, 1, 1));
    List<SampleOutput> outputs = learner.accept(CUT);
    ClassPrediction prediction = (ClassPrediction) outputs.get(0);
    ClassScore score = (ClassScore) outputs.get(1);
    assertThat(Arrays.stream(prediction.probabilities()).sum()).isCloseTo(1, within(1e-12));
    assertThat(score.logLoss()).isEqualTo(-Math.log(prediction.probabilities()[2]));
    assertThat(prediction.entropy())
        .isCloseTo(prediction.aleatoric() + prediction.epistemic(), within(1e-12));
  }

  @Test
  void a_late_label_is_scored_against_the_prediction_of_its_own_time() {
    SupervisedLearner learner = learner(classes());
    learner.accept(unlabelled("late", 0, .3f, .4f));
    ClassPrediction then = (ClassPrediction) learner.accept(CUT).get(0);
    feed(learner, traffic(200, false));
    learner.accept(CUT);
    learner.accept(Sample.labelOf("late", "s", 300, 1));
    ClassScore score = (ClassScore) learner.accept(CUT).get(0);
    assertThat(score.sampleId()).isEqualTo("late");
    assertThat(score.logLoss()).isEqualTo(-Math.log(then.probabilities()[1]));
  }

  @Test
  void bad_samples_are_refused_by_name_and_change_nothing() {
    SupervisedLearner learner = learner(classes());
    learner.accept(unlabelled("waits", 1, 1, 1));
    learner.accept(labelled("done", 2, 0, 1, 1));
    assertThat(reason(learner, unlabelled("", 1, 1, 1))).isEqualTo("BAD_SAMPLE_ID");
    assertThat(reason(learner, new Sample("a", " ", 1, new float[] {1, 1}, null)))
        .isEqualTo("BAD_STREAM_ID");
    assertThat(reason(learner, unlabelled("a", -1, 1, 1))).isEqualTo("IMPOSSIBLE_TIMESTAMP");
    assertThat(reason(learner, unlabelled("a", 1))).isEqualTo("EMPTY_SAMPLE");
    assertThat(reason(learner, unlabelled("a", 1, 1, 1, 1))).isEqualTo("WRONG_FEATURE_COUNT");
    assertThat(reason(learner, new Sample("a", "s", 1, new float[] {1, 1}, new int[] {1, 2}, null)))
        .isEqualTo("WRONG_SHAPE");
    assertThat(reason(learner, unlabelled("a", 1, Float.NaN, 1))).isEqualTo("NON_FINITE_FEATURE");
    assertThat(reason(learner, unlabelled("a", 1, 1, Float.POSITIVE_INFINITY)))
        .isEqualTo("NON_FINITE_FEATURE");
    for (double label : new double[] {-1, 3, .5, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThat(reason(learner, labelled("a", 1, label, 1, 1))).isEqualTo("LABEL_OUT_OF_RANGE");
    }
    assertThat(reason(learner, unlabelled("waits", 3, 1, 1))).isEqualTo("DUPLICATE_SAMPLE");
    assertThat(reason(learner, unlabelled("done", 3, 1, 1))).isEqualTo("DUPLICATE_SAMPLE");
    assertThat(reason(learner, labelled("done", 3, 0, 1, 1))).isEqualTo("LABEL_TWICE");
    assertThat(reason(learner, Sample.labelOf("done", "s", 3, 0))).isEqualTo("LABEL_TWICE");
    assertThat(reason(learner, Sample.labelOf("never", "s", 3, 0))).isEqualTo("UNKNOWN_SAMPLE");
    assertThat(reason(learner, Sample.labelOf("waits", "other", 3, 0))).isEqualTo("UNKNOWN_SAMPLE");
    assertThat(reason(learner, Sample.labelOf("waits", "s", 3, 0))).isEqualTo("good");
  }

  @Test
  void a_target_that_is_not_finite_is_refused() {
    SupervisedLearner learner = learner(values());
    assertThat(reason(learner, labelled("a", 1, Double.NaN, 1, 1))).isEqualTo("LABEL_OUT_OF_RANGE");
    assertThat(reason(learner, labelled("a", 1, 1e16, 1, 1))).isEqualTo("LABEL_OUT_OF_RANGE");
    assertThat(reason(learner, labelled("a", 1, -1e14, 1, 1))).isEqualTo("good");
  }

  @Test
  void a_sample_whose_time_is_over_is_unknown() {
    SupervisedLearner learner =
        learner(classes().withPending(new Pending(10, Duration.ofMillis(100))));
    learner.accept(unlabelled("old", 0, 1, 1));
    learner.accept(unlabelled("young", 60, 1, 1));
    assertThat(learner.check(Sample.labelOf("old", "s", 60, 0))).isEmpty();
    learner.accept(unlabelled("newest", 101, 1, 1));
    assertThat(reason(learner, Sample.labelOf("old", "s", 101, 0))).isEqualTo("UNKNOWN_SAMPLE");
    assertThat(reason(learner, Sample.labelOf("young", "s", 101, 0))).isEqualTo("good");
    assertThat(learner.expiredSamples()).isEqualTo(1);
  }

  @Test
  void only_so_many_samples_wait_for_their_labels() {
    SupervisedLearner learner = learner(classes().withPending(new Pending(10, Duration.ofDays(1))));
    for (int i = 0; i < 25; i++) {
      learner.accept(unlabelled("n" + i, i, 1, 1));
    }
    assertThat(learner.pendingSamples()).isEqualTo(10);
    assertThat(reason(learner, Sample.labelOf("n14", "s", 30, 0))).isEqualTo("UNKNOWN_SAMPLE");
    assertThat(reason(learner, Sample.labelOf("n15", "s", 30, 0))).isEqualTo("good");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_label_changes_nothing_before_it_is_revealed(boolean regression) {
    List<SampleInput> inputs = traffic(120, regression);
    int changed = 100;
    while (!(inputs.get(changed) instanceof Sample s) || s.label() == null) {
      changed++;
    }
    Sample truth = (Sample) inputs.get(changed);
    Double label = Objects.requireNonNull(truth.label());
    double other = regression ? 1e6 : (label + 1) % 3;
    List<SampleInput> lie = new ArrayList<>(inputs.subList(0, changed));
    lie.add(
        new Sample(truth.sampleId(), truth.streamId(), truth.timestamp(), truth.features(), other));
    SupervisedSettings settings = regression ? values() : classes();
    List<SampleOutput> honest = feed(learner(settings), with(inputs.subList(0, changed + 1), CUT));
    List<SampleOutput> lied = feed(learner(settings), with(lie, CUT));
    assertThat(withoutLast(lied)).isEqualTo(withoutLast(honest));
    assertThat(lied).isNotEqualTo(honest);
  }

  private static List<SampleInput> with(List<SampleInput> inputs, SampleInput last) {
    List<SampleInput> all = new ArrayList<>(inputs);
    all.add(last);
    return all;
  }

  /** Text of all outputs but the last, which is the score of the changed label. */
  private static List<String> withoutLast(List<SampleOutput> outputs) {
    return outputs.subList(0, outputs.size() - 1).stream()
        .map(SupervisedLearnerTest::text)
        .toList();
  }

  private static String text(SampleOutput output) {
    if (output instanceof ClassPrediction p) {
      return p.sampleId() + Arrays.toString(p.probabilities()) + Arrays.toString(p.predictionSet());
    }
    if (output instanceof ValuePrediction p) {
      return p.sampleId() + Arrays.toString(p.quantiles()) + p.mean() + p.epistemicStd();
    }
    return output.toString();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_learner_restored_from_snapshots_and_journal_equals_the_live_one(boolean regression) {
    SupervisedSettings settings =
        (regression ? values() : classes()).withPending(new Pending(20, Duration.ofMillis(50)));
    List<SampleInput> inputs = traffic(400, regression);
    SupervisedLearner live = learner(settings);
    Map<String, byte[]> store = new HashMap<>();
    int since = 0;
    for (int i = 0; i < inputs.size(); i++) {
      if (live.check(inputs.get(i)).isEmpty()) {
        live.accept(inputs.get(i));
      }
      if (i % 37 == 36) {
        Snapshot snapshot = live.snapshot();
        store.putAll(snapshot.changed());
        snapshot.removed().forEach(store::remove);
        since = i + 1;
      }
      if (i % 61 == 60) {
        SupervisedLearner back = learner(settings);
        if (!store.isEmpty()) {
          back.restore(new HashMap<>(store));
        }
        for (SampleInput input : inputs.subList(since, i + 1)) {
          SampleInput journalled = back.decode(back.encode(input));
          assertThat(journalled).isEqualTo(input);
          if (back.check(journalled).isEmpty()) {
            back.accept(journalled);
          }
        }
        assertThat(back.stateHash()).isEqualTo(live.stateHash());
      }
    }
  }

  @Test
  void a_snapshot_drops_the_samples_that_wait_no_more() {
    SupervisedLearner learner = learner(classes());
    learner.accept(unlabelled("a", 1, 1, 1));
    assertThat(learner.snapshot().changed()).containsKey("sample/0");
    learner.accept(CUT);
    assertThat(learner.snapshot().changed()).containsKey("sample/0");
    assertThat(learner.snapshot().changed()).doesNotContainKey("sample/0");
    learner.accept(Sample.labelOf("a", "s", 2, 0));
    learner.accept(CUT);
    assertThat(learner.snapshot().removed()).containsExactly("sample/0");
  }

  @Test
  void a_state_of_other_settings_is_refused() {
    SupervisedLearner written = learner(classes());
    Map<String, byte[]> entries = written.snapshot().changed();
    SupervisedLearner other = learner(values());
    assertThatThrownBy(() -> other.restore(entries))
        .isInstanceOf(UnreadableStateException.class)
        .hasMessageContaining("other settings");
    Map<String, byte[]> torn = new HashMap<>(entries);
    torn.remove("network");
    assertThatThrownBy(() -> learner(classes()).restore(torn))
        .isInstanceOf(UnreadableStateException.class)
        .hasMessageContaining("'network'");
  }

  @Test
  void the_pool_learns_a_linear_target_and_its_bands_hold() {
    SupervisedLearner learner = learner(values());
    List<SampleOutput> outputs = feed(learner, with(traffic(6000, true), CUT));
    ValueScore last = (ValueScore) outputs.get(outputs.size() - 1);
    assertThat(last.soFar().rmse()).isLessThan(.4);
    assertThat(last.soFar().coverage90()).isBetween(.87, .93);
    assertThat(last.soFar().coverage50()).isBetween(.46, .54);
  }

  @Test
  void prediction_sets_hold_the_class_as_often_as_configured() {
    SupervisedLearner learner = learner(classes());
    List<SampleOutput> outputs = feed(learner, with(traffic(6000, false), CUT));
    ClassScore last = (ClassScore) outputs.get(outputs.size() - 1);
    assertThat(last.soFar().setCoverage()).isBetween(.88, .93);
  }

  @Test
  void drift_shortens_the_memory_of_the_network() {
    SupervisedSettings settings = classes();
    RecordingNetwork network = network(settings);
    SupervisedLearner learner = learner(settings, network);
    for (int i = 0; i < 1500; i++) {
      learner.accept(labelled("a" + i, i, 0, 1, 1));
    }
    assertThat(network.memory).isEqualTo(settings.learning().memory().nEff());
    for (int i = 0; i < 60; i++) {
      learner.accept(labelled("b" + i, i, 2, 1, 1));
    }
    assertThat(network.memory).isLessThan(.5 * settings.learning().memory().nEff());
  }

  @Test
  void fresh_rows_are_learned_once_and_replayed_after() {
    SupervisedSettings settings = classes();
    RecordingNetwork network = network(settings);
    SupervisedLearner learner = learner(settings, network);
    for (int i = 0; i < 40; i++) {
      learner.accept(labelled("a" + i, i, i % 3, i, -i));
    }
    assertThat(network.learned).hasSize(20);
    assertThat(network.learned.stream().mapToInt(b -> b.fresh()).sum()).isEqualTo(40);
    assertThat(network.learned).allMatch(b -> b.rows() == 8);
  }
}
