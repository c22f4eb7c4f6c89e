package io.tidecast.bench.supervised;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidecast.bench.Progress;
import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.DeviceChoice;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledEvaluationTest {
  private static ComputeDevice device;

  @TempDir private Path directory;

  @BeforeAll
  static void open() {
    device = ComputeDevice.open(DeviceChoice.CPU, false);
  }

  @AfterAll
  static void close() {
    device.close();
  }

  /** Rows of a target that bends with its inputs, or of its sign. */
  private Path table(String name, int n, boolean classes) throws IOException {
    Random random = new Random(3);
    StringBuilder text = new StringBuilder(classes ? "a,b,y\n" : "x0,x1,y\n");
    for (int i = 0; i < n; i++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      double y = Math.abs(a) - b + .1 * random.nextGaussian();
      text.append(String.format(Locale.ROOT, "%.4f,%.4f,", a, b));
      text.append(classes ? (y > 0 ? "up" : "down") : String.format(Locale.ROOT, "%.4f", y));
      text.append('\n');
    }
    Path csv = directory.resolve(name + ".csv");
    Files.writeString(csv, text);
    return csv;
  }

  private static LabelledEvaluation.Options options(Path csv, boolean adam) {
    return new LabelledEvaluation.Options(
        csv, "y", List.of(), List.of(), false, Integer.MAX_VALUE, .25, adam, 1);
  }

  @Test
  void classes_are_scored_for_the_pool_its_experts_and_plain_adam() throws IOException {
    List<Double> progress = new ArrayList<>();
    List<LabelledResult> results =
        LabelledEvaluation.run(options(table("c", 2000, true), true), device, progress::add);
    assertThat(results)
        .extracting(LabelledResult::model)
        .containsExactly(
            "tidecast", "last-class", "majority-class", "logistic-regression", "network", "adam");
    LabelledResult.Classes pool = (LabelledResult.Classes) results.get(0);
    LabelledResult.Classes linear = (LabelledResult.Classes) results.get(3);
    assertThat(pool.n()).isEqualTo(1500);
    assertThat(pool.accuracy()).isGreaterThan(.9).isGreaterThan(linear.accuracy());
    assertThat(progress).isSorted().hasSizeGreaterThan(1);
  }

  @Test
  void targets_are_scored_by_error_and_band() throws IOException {
    List<LabelledResult> results =
        LabelledEvaluation.run(options(table("v", 3000, false), false), device, share -> {});
    assertThat(results)
        .extracting(LabelledResult::model)
        .containsExactly("tidecast", "running-mean", "rls", "network");
    LabelledResult.Values pool = (LabelledResult.Values) results.get(0);
    LabelledResult.Values linear = (LabelledResult.Values) results.get(2);
    assertThat(pool.rmse()).isLessThan(.6 * linear.rmse());
    assertThat(pool.cov90()).isBetween(.86, .94);
  }

  @Test
  void the_uci_benchmark_trains_on_the_rows_outside_the_split() throws IOException {
    table("uci_small", 300, false);
    Path splits = directory.resolve("uci_small.splits.json.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(splits))) {
      out.write("[[0, 1, 2, 3, 4], [5, 6, 7, 8, 9]]".getBytes(StandardCharsets.UTF_8));
    }
    UciTable table = UciTable.read(directory, "uci_small");
    assertThat(table.trainingRows(table.splits().get(1))).hasSize(295).doesNotContain(5, 9);
    List<UciResult> told = new ArrayList<>();
    List<UciResult> results =
        UciBenchmark.run(
            new UciBenchmark.Options(
                directory, List.of("uci_small"), 20, 1500, 5e-3, 4, "mlp(hidden=50, skip=none)", 1),
            device,
            told::add,
            Progress.SILENT);
    assertThat(told).isEqualTo(results).hasSize(1);
    assertThat(results.get(0).splits()).isEqualTo(2);
    assertThat(results.get(0).rmse()).isLessThan(.35);
    assertThat(results.get(0).logLikelihood()).isGreaterThan(-.3);
  }
}
