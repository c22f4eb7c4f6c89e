package io.tidecast.engine.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the script is told about the steps of one call, and how its report is read. */
final class Steps {
  private static final int NUMBERS = 7;
  private static final int DIAGNOSE = 4;

  /** Place of the precisions' step size from sampled labels, 0 where there are none. */
  static final int SAMPLED_RATE = 5;

  /** Whether skipped, then the measurements of {@link StepReport}. */
  private static final int MEASURED = 7;

  private final long[] seeds;
  private final double[] numbers;

  Steps(int count) {
    seeds = new long[count];
    numbers = new double[count * NUMBERS];
  }

  /**
   * @param schedule n, rate, lr, refresh, diagnose, sampled rate, share of the newest means in
   *     their average
   */
  void set(int step, long seed, double[] schedule) {
    seeds[step] = seed;
    System.arraycopy(schedule, 0, numbers, step * NUMBERS, NUMBERS);
  }

  long[] seeds() {
    return seeds;
  }

  double[] numbers() {
    return numbers;
  }

  double[] numbersOf(int step) {
    return Arrays.copyOfRange(numbers, step * NUMBERS, (step + 1) * NUMBERS);
  }

  /**
   * @param before steps before these
   * @param report of the script, step after step
   */
  List<StepReport> reports(long before, long nanos, double[] report) {
    List<StepReport> reports = new ArrayList<>(seeds.length);
    int at = 0;
    for (int i = 0; i < seeds.length; i++) {
      int size = numbers[i * NUMBERS + DIAGNOSE] > 0 ? MEASURED : 1;
      reports.add(StepReport.of(before + i + 1, nanos, Arrays.copyOfRange(report, at, at + size)));
      at += size;
    }
    return reports;
  }
}
