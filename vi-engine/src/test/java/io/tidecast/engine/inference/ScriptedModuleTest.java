package io.tidecast.engine.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.DeviceChoice;
import io.tidecast.engine.network.Likelihood;
import io.tidecast.engine.network.NetworkSpec;
import io.tidecast.engine.posterior.Family;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptedModuleTest {
  private final ComputeDevice device = ComputeDevice.open(DeviceChoice.CPU, false);

  private BayesianNetwork network(Path file) {
    return network(file, LearningSettings.defaults().withLearningRate(LearningRate.constant(5e-3)));
  }

  private BayesianNetwork network(Path file, LearningSettings settings) {
    return BayesianNetwork.create(
        device,
        NetworkSpec.parse("module(path=" + file + ")"),
        Likelihood.studentT(),
        settings,
        Streams.INPUTS,
        Streams.TARGETS,
        7);
  }

  @Test
  void a_module_exported_from_elsewhere_learns_from_its_own_weights_on(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("model.pt");
    float[] weight = new float[4 * Streams.INPUTS];
    weight[0] = .25f;
    Files.write(file, ModuleArchive.linear(Streams.INPUTS, 4, weight));
    try (BayesianNetwork network = network(file)) {
      assertThat(network.parameters()).isEqualTo(4 * Streams.INPUTS + 4);
      assertThat(network.weightMeans()[0]).isEqualTo(.25f);
      network.learn(Streams.batch(0, 16));
      int live = device.liveArrays();
      StepReport report = network.learn(Streams.batch(1, 16));
      for (int i = 2; i < 1000; i++) {
        report = network.learn(Streams.batch(i, 16));
      }
      assertThat(report.skipped()).isFalse();
      assertThat(device.liveArrays()).isEqualTo(live);
      assertThat(network.predict(new float[] {1, -1, 0, 0, 0, 0}, 1).mean(0, 0))
          .isBetween(2.5, 3.5);
    }
  }

  @Test
  void its_precisions_can_follow_the_labels_that_it_makes_up(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("model.pt");
    Files.write(file, ModuleArchive.linear(Streams.INPUTS, 4, new float[4 * Streams.INPUTS]));
    Family sampled = new Family.MeanField(Family.Curvature.GAUSS_NEWTON);
    LearningSettings settings =
        LearningSettings.defaults()
            .withFamily(sampled, 2)
            .withMemory(2000, 2)
            .withLearningRate(LearningRate.constant(0));
    try (BayesianNetwork network = network(file, settings)) {
      for (int i = 0; i < 1000; i++) {
        network.learn(Streams.batch(i, 32));
      }
      // locations of a t(5) of scale 1, each half of the mean over two targets
      double expected = Streams.INPUTS + 2000 * 2 * .5 * 6 / 8;
      double mean = 0;
      for (int i = 0; i < 2 * Streams.INPUTS; i++) {
        mean += network.weightPrecisions()[i] / (2 * Streams.INPUTS);
      }
      assertThat(mean / expected).isBetween(.8, 1.2);
    }
  }

  @Test
  void a_file_that_is_no_module_is_refused(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("model.pt");
    Files.writeString(file, "not a zip");
    assertThatThrownBy(() -> network(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("torch.jit.save");
    assertThatThrownBy(() -> network(folder.resolve("none.pt")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none.pt");
  }
}
