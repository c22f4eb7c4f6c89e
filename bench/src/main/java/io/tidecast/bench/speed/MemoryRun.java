package io.tidecast.bench.speed;

import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.inference.BayesianNetwork;
import io.tidecast.engine.inference.LearningSettings;
import io.tidecast.engine.inference.MiniBatch;
import io.tidecast.engine.state.StateWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Whether memory stays where it is over many learning steps and predictions. */
public final class MemoryRun {
  private static final int LOOKS = 10;
  private static final int KIB_PER_MIB = 1024;
  private static final Path STATUS = Path.of("/proc/self/status");

  /** The forecaster's network. */
  private static final Point POINT = Point.all().get(0);

  /**
   * Memory at a moment.
   *
   * @param residentMib resident memory of the process, MiB; null where the system does not say
   * @param liveArrays native arrays alive
   */
  public record Look(long steps, @Nullable Long residentMib, int liveArrays) {}

  /**
   * The whole run.
   *
   * @param stateBytesPerWeight size of the saved state over the number of weights
   */
  public record Result(List<Look> results, int parameters, double stateBytesPerWeight) {

    /** Whether no more arrays are alive at the end than at the first look. */
    public boolean arraysFlat() {
      return results.get(results.size() - 1).liveArrays == results.get(0).liveArrays;
    }
  }

  private final ComputeDevice device;

  public MemoryRun(ComputeDevice device) {
    this.device = device;
  }

  /**
   * Learns and predicts, and looks at memory after every tenth of the steps.
   *
   * @throws IOException if the system's account of the process is there but cannot be read
   */
  public Result run(long steps, PrintStream out) throws IOException {
    MiniBatch batch = POINT.rows(POINT.batch());
    float[] one = POINT.rows(1).x();
    try (BayesianNetwork network = POINT.network(device, LearningSettings.defaults())) {
      out.printf("%12s %14s %12s%n", "steps", "resident MiB", "live arrays");
      List<Look> looks = new ArrayList<>();
      for (int look = 1; look <= LOOKS; look++) {
        while (network.steps() < steps * look / LOOKS) {
          network.learn(batch);
          network.predict(one, 1);
        }
        Look now = look(network.steps());
        out.printf(
            "%12d %14s %12d%n",
            now.steps, now.residentMib == null ? "-" : now.residentMib, now.liveArrays);
        looks.add(now);
      }
      StateWriter state = new StateWriter("memory", 1);
      network.saveTo(state);
      double bytes = (double) state.toBytes().length / network.parameters();
      out.printf("%d weights, %.1f bytes of state each%n", network.parameters(), bytes);
      return new Result(looks, network.parameters(), bytes);
    }
  }

  private Look look(long steps) throws IOException {
    OptionalLong resident = OptionalLong.empty();
    if (Files.exists(STATUS)) {
      resident =
          Files.readAllLines(STATUS).stream()
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .findFirst();
    }
    return new Look(
        steps,
        resident.isPresent() ? resident.getAsLong() / KIB_PER_MIB : null,
        device.liveArrays());
  }
}
