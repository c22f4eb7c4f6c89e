package io.tidecast.engine.supervised;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.DeviceChoice;
import io.tidecast.engine.supervised.SampleInput.Sample;
import io.tidecast.engine.supervised.SampleOutput.ClassScore;
import io.tidecast.engine.supervised.SupervisedSettings.Inputs;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Abrupt drift: every class gets another name in mid-stream. */
class LabelPermutationTest {
  private static final int CLASSES = 4;
  private static final int DIMENSIONS = 6;
  private static final int BEFORE = 2000;
  private static final int RECOVERY = 1000;
  private static final int SCORED = 600;

  @Test
  void a_thousand_samples_after_a_permutation_it_is_as_good_as_a_fresh_model() {
    try (ComputeDevice device = ComputeDevice.open(DeviceChoice.CPU, false)) {
      double fresh = accuracy(device, 0);
      double drifted = accuracy(device, BEFORE);
      assertThat(fresh).as("the task can be learned").isGreaterThan(.8);
      assertThat(drifted).isGreaterThan(fresh - .03);
    }
  }

  /** Accuracy behind the recovery, after so many samples under the old names. */
  private static double accuracy(ComputeDevice device, int before) {
    SupervisedSettings settings =
        SupervisedSettings.tabular(new Task.Classification(CLASSES), Inputs.numeric(DIMENSIONS), 3);
    int correct = 0;
    int scored = 0;
    try (SupervisedLearner learner = SupervisedLearner.create(settings, device)) {
      for (int i = BEFORE - before; i < BEFORE + RECOVERY + SCORED; i++) {
        for (SampleOutput output : learner.accept(sample(i))) {
          if (output instanceof ClassScore score && score.timestamp() >= BEFORE + RECOVERY) {
            scored++;
            correct += score.correct() ? 1 : 0;
          }
        }
      }
    }
    return (double) correct / scored;
  }

  /** Each class is two clouds apart, so that no line separates it. */
  private static Sample sample(int i) {
    Random random = new Random(17 + 31L * i);
    int kind = random.nextInt(CLASSES);
    double side = random.nextBoolean() ? 2 : -2;
    float[] x = new float[DIMENSIONS];
    for (int d = 0; d < DIMENSIONS; d++) {
      x[d] = (float) (.7 * random.nextGaussian() + (d == kind ? side : 0));
    }
    double label = i < BEFORE ? kind : (kind + 1) % CLASSES;
    return new Sample("n" + i, "s", i, x, label);
  }
}
