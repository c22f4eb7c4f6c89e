package io.tidecast.bench.forecasting;

import io.tidecast.bench.Progress;
import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.forecast.ForecastInput.Observation;
import io.tidecast.engine.forecast.ForecastLearner;
import io.tidecast.engine.forecast.ForecastSettings;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * How many observations one learner takes in a second, each learned and forecast from, with default
 * settings and 24 lead times, on generated hourly series with a day, a week and correlated noise.
 */
public final class LearnerSpeed {
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final int HORIZON = 24;
  private static final int CONTEXT = 96;
  private static final int DAY = 24;
  private static final int WEEK = 7 * DAY;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final ComputeDevice device;

  public LearnerSpeed(ComputeDevice device) {
    this.device = device;
  }

  /**
   * What was measured.
   *
   * @param series learned together by one learner
   * @param observations measured, of all series together, after as many that were not
   * @param perSecond observations per second of wall-clock time
   * @param perProcessorSecond observations per second of processor time of the learning thread,
   *     which other programs disturb less
   * @param bar observations per second that are asked for
   */
  public record SpeedLine(
      int series, int observations, double perSecond, double perProcessorSecond, double bar) {}

  /** One series alone, and 200 together. */
  public List<SpeedLine> run(Progress progress) {
    return List.of(measure(1, 6_000, 2_000, progress), measure(200, 200, 5_000, progress));
  }

  private SpeedLine measure(int count, int steps, double bar, Progress progress) {
    Optional<Duration> interval = Optional.of(Duration.ofMillis(HOUR));
    ForecastSettings settings =
        new ForecastSettings(HORIZON, CONTEXT, interval, Duration.ZERO, count, 0, 0, 1);
    List<Wave> waves = new ArrayList<>();
    for (int s = 0; s < count; s++) {
      waves.add(new Wave("series-" + s, s));
    }
    progress.start(count + " series", 2L * steps);
    try (ForecastLearner learner = ForecastLearner.create(settings, device)) {
      long wall = 0;
      long processor = 0;
      for (int t = 0; t < 2 * steps; t++) {
        if (t == steps) {
          wall = System.nanoTime();
          processor = THREADS.getCurrentThreadCpuTime();
        }
        for (Wave wave : waves) {
          learner.accept(wave.next());
        }
        progress.done(t + 1);
      }
      double wallSeconds = (System.nanoTime() - wall) / 1e9;
      double processorSeconds = (THREADS.getCurrentThreadCpuTime() - processor) / 1e9;
      progress.end();
      int n = count * steps;
      return new SpeedLine(count, n, n / wallSeconds, n / processorSeconds, bar);
    }
  }

  /** A day, a week and noise that remembers the hour before. */
  private static final class Wave {
    private final String id;
    private final int phase;
    private final Random random;
    private double noise;
    private int t;

    Wave(String id, int phase) {
      this.id = id;
      this.phase = phase;
      random = new Random(phase);
    }

    Observation next() {
      noise = .8 * noise + random.nextGaussian();
      double day = Math.sin(2 * Math.PI * (t + phase) / DAY);
      double week = Math.cos(2 * Math.PI * t / WEEK);
      double value = 100 + 10 * day + 5 * week + noise;
      return new Observation(id, HOUR * t++, value);
    }
  }
}
