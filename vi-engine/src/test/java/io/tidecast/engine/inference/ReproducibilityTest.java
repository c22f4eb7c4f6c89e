package io.tidecast.engine.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.DeviceChoice;
import io.tidecast.engine.network.Likelihood;
import io.tidecast.engine.network.NetworkSpec;
import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproducibilityTest {

  /** Continues a saved network in a process of its own and prints the hash of the result. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) throws IOException {
      byte[] state = Files.readAllBytes(Path.of(args[1]));
      System.out.println("hash " + run(args[0], state, 50, 100));
    }
  }

  private static BayesianNetwork network(ComputeDevice device, String text) {
    return BayesianNetwork.create(
        device,
        NetworkSpec.parse(text),
        Likelihood.studentT(),
        LearningSettings.forecasting(),
        Streams.INPUTS,
        Streams.TARGETS,
        5);
  }

  private static String run(String text, byte[] state, int from, int to) {
    try (ComputeDevice device = ComputeDevice.open(DeviceChoice.CPU, false);
        BayesianNetwork network = network(device, text)) {
      network.restore(new StateReader("test", 1, state));
      for (int i = from; i < to; i++) {
        network.learn(Streams.batch(i, 17));
        network.predict(Streams.batch(i, 3).x(), 3);
      }
      return network.hash();
    }
  }

  @Test
  void a_network_continued_in_another_process_has_the_same_bits(@TempDir Path folder)
      throws Exception {
    for (String text : List.of("mlp(hidden=33)", "gru(hidden=5, channels=2)")) {
      Path file = folder.resolve("state");
      String here;
      try (ComputeDevice device = ComputeDevice.open(DeviceChoice.CPU, false);
          BayesianNetwork network = network(device, text)) {
        for (int i = 0; i < 50; i++) {
          network.learn(Streams.batch(i, 17));
        }
        StateWriter out = new StateWriter("test", 1);
        network.saveTo(out);
        Files.write(file, out.toBytes());
        for (int i = 50; i < 100; i++) {
          network.learn(Streams.batch(i, 17));
        }
        here = network.hash();
      }
      Process child =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Dai.djl.offline=true",
                  "-Xmx700m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Child.class.getName(),
                  text,
                  file.toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(output.lines().filter(line -> line.startsWith("hash ")))
          .as(text)
          .containsExactly("hash " + here);
    }
  }
}
