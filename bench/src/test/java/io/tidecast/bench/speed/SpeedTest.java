package io.tidecast.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.DeviceChoice;
import io.tidecast.engine.inference.BayesianNetwork;
import io.tidecast.engine.inference.LearningSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpeedTest {
  @Test
  void a_point_is_read_back_from_its_text_and_knows_its_number_of_weights() {
    try (ComputeDevice device = ComputeDevice.open(DeviceChoice.CPU, false)) {
      for (Point point : Point.all().subList(0, 3)) {
        assertThat(Point.parse(point.toString())).isEqualTo(point);
        try (BayesianNetwork network = point.network(device, LearningSettings.defaults())) {
          assertThat(point.parameters()).isEqualTo(network.parameters());
        }
      }
    }
  }

  @Test
  void memory_stays_where_it_is_and_the_state_has_at_most_24_bytes_for_each_weight()
      throws IOException {
    try (ComputeDevice device = ComputeDevice.open(DeviceChoice.CPU, false);
        PrintStream nowhere =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      MemoryRun.Result result = new MemoryRun(device).run(1000, nowhere);

      assertThat(result.results()).hasSize(10);
      assertThat(result.arraysFlat()).isTrue();
      assertThat(result.stateBytesPerWeight()).isBetween(20.0, 24.0);
    }
  }

  @Test
  void a_python_without_pytorch_is_not_taken() {
    assertThat(PyTorch.find(Optional.of("no-such-python"))).isEmpty();
    assertThat(PyTorch.tried(Optional.of("p"))).isEqualTo(List.of("p"));
  }
}
