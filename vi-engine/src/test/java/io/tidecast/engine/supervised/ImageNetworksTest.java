package io.tidecast.engine.supervised;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.DeviceChoice;
import io.tidecast.engine.inference.BayesianNetwork;
import io.tidecast.engine.inference.LearningSettings;
import io.tidecast.engine.network.Categorical;
import io.tidecast.engine.network.NetworkSpec;
import io.tidecast.engine.network.ParameterBlock;
import io.tidecast.engine.supervised.SampleInput.BatchCut;
import io.tidecast.engine.supervised.SampleInput.Sample;
import io.tidecast.engine.supervised.SampleOutput.ClassScore;
import io.tidecast.engine.supervised.SupervisedSettings.Inputs;
import io.tidecast.engine.supervised.SupervisedSettings.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNetworksTest {
  private static final int SIDE = 8;
  private static ComputeDevice device;

  @BeforeAll
  static void open() {
    device = ComputeDevice.open(DeviceChoice.CPU, false);
  }

  @AfterAll
  static void close() {
    device.close();
  }

  /** A bright bar at a random place: lying (class 0) or standing (class 1). */
  private static Sample bar(int i, Random random) {
    float[] pixels = new float[SIDE * SIDE];
    for (int p = 0; p < pixels.length; p++) {
      pixels[p] = .2f * random.nextFloat();
    }
    boolean stands = random.nextBoolean();
    int at = random.nextInt(SIDE);
    int from = random.nextInt(3);
    for (int k = from; k < from + 5; k++) {
      pixels[stands ? k * SIDE + at : at * SIDE + k] += 1;
    }
    int[] shape = {SIDE, SIDE};
    return new Sample("n" + i, "bars", i, pixels, shape, stands ? 1.0 : 0.0);
  }

  private static SupervisedSettings settings(String network) {
    return SupervisedSettings.images(
            new Task.Classification(2), Inputs.image(SIDE, SIDE), NetworkSpec.parse(network), 3)
        .withTraining(new Training(20, 8, 32, 500, 1, true));
  }

  private static final String CONV = "conv(image=8x8, channels=8x8, kernel=2, hidden=16)";
  private static final String VIT =
      "vit(image=8x8, patch=2, width=16, layers=1, heads=2, expansion=2)";

  @ParameterizedTest
  @ValueSource(strings = {"conv(image=8x8, channels=8, kernel=3, hidden=16)", VIT})
  void an_image_network_learns_what_no_single_pixel_tells(String network) {
    Random random = new Random(1);
    int right = 0;
    int counted = 0;
    try (SupervisedLearner learner = SupervisedLearner.create(settings(network), device)) {
      for (int i = 0; i < 900; i++) {
        for (SampleOutput output : learner.accept(bar(i, random))) {
          if (output instanceof ClassScore score && i >= 700) {
            counted++;
            right += score.correct() ? 1 : 0;
          }
        }
      }
    }
    assertThat((double) right / counted).isGreaterThan(.9);
  }

  @ParameterizedTest
  @ValueSource(strings = {CONV, VIT, "mlp(hidden=8, activation=relu, skip=none)"})
  void a_restored_learner_goes_on_as_the_live_one(String network) {
    Random random = new Random(2);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      samples.add(bar(i, random));
    }
    try (SupervisedLearner live = SupervisedLearner.create(settings(network), device);
        SupervisedLearner back = SupervisedLearner.create(settings(network), device)) {
      samples.subList(0, 30).forEach(live::accept);
      Map<String, byte[]> entries = live.snapshot().changed();
      back.restore(entries);
      assertThat(back.stateHash()).isEqualTo(live.stateHash());
      for (Sample sample : samples.subList(30, 60)) {
        live.accept(sample);
        back.accept(sample);
      }
      live.accept(new BatchCut());
      back.accept(new BatchCut());
      assertThat(back.stateHash()).isEqualTo(live.stateHash());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {CONV, VIT})
  void more_draws_at_once_say_what_fewer_say_on_average(String network) {
    float[] x = bar(0, new Random(4)).features();
    LearningSettings certain =
        LearningSettings.defaults().withInitialPrecisionFactor(1e30).withPredictionDraws(2);
    double two = probability(network, certain, x);
    double eight = probability(network, certain.withPredictionDraws(8), x);
    assertThat(eight).isCloseTo(two, within(1e-6));
    double spread = probability(network, certain.withInitialPrecisionFactor(1), x);
    assertThat(Math.abs(spread - two)).isGreaterThan(1e-4);
  }

  private static double probability(String network, LearningSettings settings, float[] x) {
    try (BayesianNetwork built =
        BayesianNetwork.create(
            device, NetworkSpec.parse(network), new Categorical(2), settings, x.length, 1, 5)) {
      return built.classify(x, 1).probabilities(0)[0];
    }
  }

  @Test
  void specifications_read_back_as_they_print() {
    for (String text : List.of(CONV, VIT)) {
      assertThat(NetworkSpec.parse(text).toString()).isEqualTo(text);
    }
    NetworkSpec large =
        NetworkSpec.parse("vit(image=3x32x32, patch=4, width=256, layers=8, heads=8, expansion=4)");
    int weights =
        large.parameters(3 * 32 * 32, 10, 10).stream().mapToInt(ParameterBlock::size).sum();
    assertThat(weights).isBetween(5_000_000, 8_000_000);
  }

  @Test
  void impossible_specifications_are_refused_with_their_reason() {
    assertThatThrownBy(() -> NetworkSpec.parse("conv(image=8x8, kernel=5)"))
        .hasMessageContaining("no pixel is left");
    assertThatThrownBy(() -> NetworkSpec.parse("vit(image=8x8, patch=3)"))
        .hasMessageContaining("multiples of the patch");
    assertThatThrownBy(() -> NetworkSpec.parse("conv(image=8)"))
        .hasMessageContaining("HEIGHTxWIDTH");
    assertThatThrownBy(() -> NetworkSpec.parse(CONV).parameters(63, 2, 2))
        .hasMessageContaining("expected 64 inputs per row, got 63");
  }
}
