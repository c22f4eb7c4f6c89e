package io.tidecast.engine.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.engine.Engine;
import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.DeviceChoice;
import io.tidecast.engine.posterior.Family;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every network and family on a GPU, where there is one. */
@Tag("gpu")
class GpuTest {

  @ParameterizedTest
  @MethodSource("io.tidecast.engine.inference.BayesianNetworkTest#kinds")
  void it_learns_there_what_it_learns_on_a_processor(String text, Family family) {
    assumeTrue(
        Engine.getEngine("PyTorch").getGpuCount() > 0,
        "skipped: PyTorch finds no GPU on this machine");
    try (ComputeDevice device = ComputeDevice.open(DeviceChoice.GPU, true);
        BayesianNetwork network = BayesianNetworkTest.network(device, text, family, 7)) {
      for (int i = 0; i < 1600; i++) {
        assertThat(network.learn(Streams.batch(i, 16)).skipped()).isFalse();
      }
      assertThat(network.predict(new float[] {.5f, -.5f, 0, 0, 0, 0}, 1).mean(0, 0))
          .isBetween(1.0, 2.0);
    }
  }
}
