package io.tidecast.bench.speed;

import io.tidecast.engine.device.DeviceChoice;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs benchmarks, each in a process of its own, and takes the time that a tenth of the calls keep
 * below: on a machine with other work it is that of the calls which were left alone.
 */
final class Jmh {
  /** Percentile of the calls' times that is reported. */
  private static final double TENTH = 10;

  private final DeviceChoice device;
  private final double seconds;

  /**
   * @param seconds how long each benchmark is measured, after half as long to warm up
   */
  Jmh(DeviceChoice device, double seconds) {
    this.device = device;
    this.seconds = seconds;
  }

  /**
   * The time of each benchmark of a class.
   *
   * @param names methods, a regular expression
   * @return milliseconds by method
   */
  Map<String, Double> times(Class<?> benchmarks, String names, Point point) {
    long millis = Math.round(seconds * 1e3);
    try {
      Map<String, Double> times = new HashMap<>();
      for (RunResult result :
          new Runner(
                  new OptionsBuilder()
                      .include(benchmarks.getName() + "\\.(" + names + ")$")
                      .param("point", point.toString())
                      .param("device", device.name())
                      .mode(Mode.SampleTime)
                      .timeUnit(TimeUnit.MILLISECONDS)
                      .forks(1)
                      .warmupIterations(1)
                      .warmupTime(TimeValue.milliseconds(millis / 2))
                      .measurementIterations(1)
                      .measurementTime(TimeValue.milliseconds(millis))
                      .verbosity(VerboseMode.SILENT)
                      .shouldFailOnError(true)
                      .build())
              .run()) {
        times.put(
            result.getPrimaryResult().getLabel(),
            result.getPrimaryResult().getStatistics().getPercentile(TENTH));
      }
      return times;
    } catch (RunnerException e) {
      throw new IllegalStateException(
          "JMH could not run %s.(%s) at %s: %s"
              .formatted(benchmarks.getSimpleName(), names, point, e.getMessage()),
          e);
    }
  }
}
