package io.tidecast.engine.supervised;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.DeviceChoice;
import io.tidecast.engine.state.Golden;
import io.tidecast.engine.state.UnreadableStateException;
import io.tidecast.engine.supervised.SampleInput.BatchCut;
import io.tidecast.engine.supervised.SampleInput.Sample;
import io.tidecast.engine.supervised.SupervisedSettings.Inputs;
import io.tidecast.engine.supervised.SupervisedSettings.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** States of learners of labelled samples as each released form of them was written. */
class SupervisedGoldenTest {
  private static final int SAMPLES = 40;

  private static SupervisedLearner learner(String name, ComputeDevice device) {
    SupervisedSettings settings =
        name.startsWith("classes")
            ? SupervisedSettings.tabular(
                new Task.Classification(3), Inputs.numeric(2).withLabelHistory(), 7)
            : SupervisedSettings.tabular(new Task.Regression(), Inputs.numeric(2), 7);
    return SupervisedLearner.create(
        settings.withTraining(new Training(4, 2, 8, 100, 0, true)), device);
  }

  private static Sample sample(int i, boolean labelled) {
    float[] features = {(float) Math.sin(i / 3.0), i % 7};
    return new Sample("n" + i, i % 3 == 0 ? "x" : "s", i, features, labelled ? i % 3 * 1.0 : null);
  }

  /** Two streams, an open mini-batch, and a predicted sample that waits for its label. */
  private static void feed(SupervisedLearner learner) {
    for (int i = 0; i < SAMPLES; i++) {
      learner.accept(sample(i, i != SAMPLES - 8));
    }
    learner.accept(new BatchCut());
    learner.accept(sample(SAMPLES, true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"classes-1", "classes-2", "values-1"})
  void a_state_of_each_version_is_taken_over_and_goes_on(String name) {
    try (ComputeDevice device = ComputeDevice.open(DeviceChoice.CPU, false);
        SupervisedLearner restored = learner(name, device)) {
      restored.restore(Golden.read(name));
      assertThat(restored.awaitsCut()).isTrue();
      Sample waited = sample(SAMPLES - 8, false);
      List<SampleOutput> outputs =
          new ArrayList<>(
              restored.accept(
                  Sample.labelOf(waited.sampleId(), waited.streamId(), SAMPLES + 1, 2)));
      outputs.addAll(restored.accept(new BatchCut()));

      assertThat(outputs)
          .filteredOn(o -> o instanceof SampleOutput.Score)
          .extracting(SampleOutput::sampleId)
          .containsExactlyInAnyOrder(waited.sampleId(), "n" + SAMPLES);
      assertThat(outputs)
          .filteredOn(o -> !(o instanceof SampleOutput.Score))
          .extracting(SampleOutput::sampleId)
          .containsExactly("n" + SAMPLES);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"classes-2", "values-1"})
  void a_change_of_format_raises_a_version(String newest) {
    try (ComputeDevice device = ComputeDevice.open(DeviceChoice.CPU, false);
        SupervisedLearner learner = learner(newest, device)) {
      feed(learner);
      Map<String, byte[]> now = learner.snapshot().changed();
      Golden.writeIfAsked(newest, now);
      Golden.requireSameFormat(newest, now);
    }
  }

  @ParameterizedTest
  @CsvSource({"classes-2, learner", "values-1, learner", "classes-2, network"})
  void a_newer_state_is_refused_by_name(String name, String entry) {
    Map<String, byte[]> newer = new TreeMap<>(Golden.read(name));
    String kind =
        Golden.versions(Objects.requireNonNull(newer.get(entry))).get(0).replaceFirst(" .*", "");
    newer.computeIfPresent(entry, (e, bytes) -> Golden.newer(kind, bytes));
    try (ComputeDevice device = ComputeDevice.open(DeviceChoice.CPU, false);
        SupervisedLearner learner = learner(name, device)) {
      assertThatThrownBy(() -> learner.restore(newer))
          .isInstanceOf(UnreadableStateException.class)
          .hasMessageContaining("'" + kind + "'")
          .hasMessageContaining("use a newer Tidecast");
    }
  }
}
