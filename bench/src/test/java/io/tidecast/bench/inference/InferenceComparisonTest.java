package io.tidecast.bench.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidecast.bench.Progress;
import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.DeviceChoice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InferenceComparisonTest {
  /** A noisy wave, so that there is something to learn. */
  private static void table(Path file) throws IOException {
    Random random = new Random(3);
    StringBuilder text = new StringBuilder("date,a,b\n");
    for (int t = 0; t < 2400; t++) {
      double wave = Math.sin(t * Math.PI / 12);
      text.append("%d,%.4f,%.4f%n".formatted(t, wave + .1 * random.nextGaussian(), -wave));
    }
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void every_method_is_scored_on_the_same_targets_at_a_rate_it_was_tried_at(@TempDir Path data)
      throws IOException {
    table(data.resolve("ETTh1.csv.gz"));
    table(data.resolve("exchange_rate.csv.gz"));
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (ComputeDevice device = ComputeDevice.open(DeviceChoice.CPU, false)) {
      InferenceComparison.Result result =
          new InferenceComparison(device)
              .run(
                  new InferenceComparison.Options(data, 8, 24, 4, .25, .03, "", 1),
                  new PrintStream(printed, true, StandardCharsets.UTF_8),
                  Progress.SILENT);
      int methods = new Lineup(device, 1, 1).candidates().size();
      assertThat(result.results()).hasSize(2 * methods);
      for (InferenceComparison.Row row : result.results()) {
        int rows = row.dataset().equals("ETTh1") ? 16 : 8;
        assertThat(row.n()).isEqualTo(4L * rows * WindowStream.HORIZON);
        // a wave of unit deviation: knowing nothing scores .56
        assertThat(row.crps()).as(row.method()).isBetween(.02, .5);
        assertThat(row.cov50()).isLessThan(row.cov95());
        assertThat(row.rate()).isBetween(5e-4, .1);
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains(row.method());
      }
    }
  }
}
