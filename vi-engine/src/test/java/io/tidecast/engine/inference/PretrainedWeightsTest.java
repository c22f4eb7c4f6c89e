package io.tidecast.engine.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.DeviceChoice;
import io.tidecast.engine.network.Categorical;
import io.tidecast.engine.network.NetworkSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PretrainedWeightsTest {
  private static final NetworkSpec NETWORK = NetworkSpec.parse("mlp(hidden=2, skip=none)");
  private final ComputeDevice device = ComputeDevice.open(DeviceChoice.CPU, false);
  @TempDir private Path folder;

  @AfterEach
  void close() {
    device.close();
  }

  private BayesianNetwork network(Path file) {
    return network(PretrainedWeights.of(file));
  }

  private BayesianNetwork network(PretrainedWeights weights) {
    return BayesianNetwork.create(
        device,
        NETWORK,
        new Categorical(2),
        LearningSettings.defaults(),
        3,
        1,
        7,
        Optional.of(weights));
  }

  /** W0 [3, 2] = 0..5, b0 = 6, 7, W1 [2, 2] = 8..11, b1 = 12, 13. */
  private Path weights(NDList.Encoding encoding, String last, float first) throws IOException {
    Path file = folder.resolve("weights");
    try (NDManager manager = NDManager.newBaseManager();
        OutputStream out = Files.newOutputStream(file)) {
      NDArray input = manager.create(new float[] {first, 1, 2, 3, 4, 5}, new Shape(3, 2));
      NDArray inputBias = manager.create(new float[] {6, 7}, new Shape(1, 2));
      NDArray output = manager.create(new float[] {8, 9, 10, 11}, new Shape(2, 2));
      NDArray outputBias = manager.create(new float[] {12, 13});
      input.setName("W0");
      inputBias.setName("b0");
      output.setName("W1");
      outputBias.setName(last);
      // in any order
      new NDList(output, outputBias, inputBias, input).encode(out, encoding);
    }
    return file;
  }

  @ParameterizedTest
  @EnumSource(
      value = NDList.Encoding.class,
      names = {"NPZ", "SAFETENSORS"})
  void weights_learned_elsewhere_are_the_start_by_their_names(NDList.Encoding encoding)
      throws IOException {
    try (BayesianNetwork network = network(weights(encoding, "b1", 0))) {
      assertThat(network.weightMeans())
          .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13);
    }
  }

  @Test
  void they_are_the_prior_mean_too_so_that_what_the_data_do_not_speak_of_stays()
      throws IOException {
    LearningSettings forgetful =
        LearningSettings.defaults().withMemory(200, 1).withLearningRate(LearningRate.constant(.01));
    float[] x = new float[3 * 16];
    float[] y = new float[16];
    float[] mask = new float[16];
    Arrays.fill(mask, 1);
    for (int i = 0; i < 16; i++) {
      x[3 * i] = i % 2;
      y[i] = i % 2;
    }
    try (BayesianNetwork network =
        BayesianNetwork.create(
            device,
            NETWORK,
            new Categorical(2),
            forgetful,
            3,
            1,
            7,
            Optional.of(PretrainedWeights.of(weights(NDList.Encoding.NPZ, "b1", 0))))) {
      for (int i = 0; i < 300; i++) {
        network.learn(new MiniBatch(x, y, mask, 16, 16));
      }
      // the second and third input are always 0
      assertThat(network.weightMeans()[2]).isBetween(1.9f, 2.1f);
      assertThat(network.weightMeans()[5]).isBetween(4.9f, 5.1f);
      assertThat(network.weightMeans()[0]).isNotEqualTo(0f);
    }
  }

  @Test
  void weights_of_another_network_are_refused_with_what_was_expected() throws IOException {
    Path misnamed = weights(NDList.Encoding.NPZ, "bias", 0);
    assertThatThrownBy(() -> network(misnamed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected the arrays [W0, W1, b0, b1], got [W0, W1, b0, bias]");
    Path broken = weights(NDList.Encoding.NPZ, "b1", Float.NaN);
    assertThatThrownBy(() -> network(broken)).hasMessageContaining("'W0'", "finite numbers");
    Path text = Files.writeString(folder.resolve("text"), "no weights at all, just words");
    assertThatThrownBy(() -> network(text)).hasMessageContaining(".safetensors or .npz");
    assertThatThrownBy(() -> network(folder.resolve("none")))
        .hasMessageContaining("none': cannot be read");
    Path wide = weights(NDList.Encoding.NPZ, "b1", 0);
    assertThatThrownBy(
            () ->
                BayesianNetwork.create(
                    device,
                    NETWORK,
                    new Categorical(2),
                    LearningSettings.defaults(),
                    4,
                    1,
                    7,
                    Optional.of(PretrainedWeights.of(wide))))
        .hasMessageContaining("'W0': expected shape (4, 2), got (3, 2)");
  }

  /** A learner that is created later would start elsewhere than the state's hash says. */
  @Test
  void a_file_that_changed_after_it_was_found_is_refused() throws IOException {
    PretrainedWeights found = PretrainedWeights.of(weights(NDList.Encoding.NPZ, "b1", 0));
    weights(NDList.Encoding.NPZ, "b1", 1);
    assertThatThrownBy(() -> network(found)).hasMessageContaining("has changed since the start");
  }
}
