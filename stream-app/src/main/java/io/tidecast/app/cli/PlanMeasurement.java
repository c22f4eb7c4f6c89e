package io.tidecast.app.cli;

import io.tidecast.app.config.ModelConfig;
import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.feed.ThisMachine;
import io.tidecast.engine.Learner;
import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.forecast.ForecastInput;
import io.tidecast.engine.forecast.ForecastLearner;
import io.tidecast.engine.forecast.ForecastSettings;
import io.tidecast.engine.inference.PosteriorSummary;
import io.tidecast.engine.supervised.FeatureSpec;
import io.tidecast.engine.supervised.SampleInput;
import io.tidecast.engine.supervised.SupervisedLearner;
import io.tidecast.engine.supervised.SupervisedSettings;
import io.tidecast.engine.supervised.Task;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets a learner learn for a moment, and carries on what it took to the series that are planned.
 */
final class PlanMeasurement {
  /** A mini-batch holds no more series, so more would not change the rate. */
  private static final int MOST_SERIES = 64;

  /** Kafka Streams, RocksDB's Java side, HTTP and the classes themselves. */
  private static final long SERVICE_HEAP = 128L << 20;

  /** The page keeps this much of a series, and so many series. */
  private static final long PAGE_BYTES = 15_000;

  private static final long PAGE_SERIES = 10_000;

  /** A process should not be planned to work all the time. */
  private static final double USABLE = 2 / 3.0;

  private static final Duration STANDARD_INTERVAL = Duration.ofMinutes(1);

  private final long heapBefore = heap();
  private final long residentBefore = resident();

  private PlanMeasurement() {}

  /** To be called before the engine is opened, so that what it takes is seen. */
  static PlanMeasurement begin() {
    return new PlanMeasurement();
  }

  Plan run(
      TidecastConfig config,
      ComputeDevice device,
      long series,
      @Nullable Duration every,
      Duration measure,
      Consumer<String> progress) {
    ForecastSettings settings = config.forecast();
    long each = (series + config.partitions() - 1) / config.partitions();
    int fed = (int) Math.min(each, Math.min(settings.batchSize(), MOST_SERIES));
    try (ForecastLearner learner = ForecastLearner.create(settings, device)) {
      Synthetic stream = new Synthetic(settings, fed);
      long warm = settings.context() + 2L * settings.horizon() + 50;
      while (stream.rounds() < warm) {
        stream.feed(learner);
      }
      Sizes early = Sizes.of(learner, fed, stream.rounds());
      long stepsBefore = posterior(learner).steps();
      progress.accept("warm; measuring for %.1f s".formatted(measure.toMillis() / 1000.0));
      long began = System.nanoTime();
      while (System.nanoTime() - began < measure.toNanos()) {
        stream.feed(learner);
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      PosteriorSummary after = posterior(learner);
      double perSecond = (stream.rounds() - warm) * fed / seconds;
      long ofSeries =
          Sizes.of(learner, fed, stream.rounds())
              .perSeriesAt(ForecastLearner.stepsKept(each), early);
      long snapshot = early.shared() + each * ofSeries;
      Duration interval = every == null ? settings.interval().orElse(null) : every;
      Double needed = interval == null ? null : series / (interval.toNanos() / 1e9);
      long heapOfLearner = Math.max(0, heap() - heapBefore);
      return new Plan(
          device.description(),
          after.network(),
          after.parameters(),
          config.partitions(),
          series,
          each,
          (after.steps() - stepsBefore) / seconds,
          perSecond,
          needed,
          needed == null ? null : (long) Math.ceil(needed / (USABLE * perSecond)),
          SERVICE_HEAP
              + heapOfLearner
              + config.partitions() * each * ofSeries
              + PAGE_BYTES * Math.min(series, PAGE_SERIES),
          Math.max(0, resident() - residentBefore - heapOfLearner),
          snapshot,
          2L * config.partitions() * Math.max(snapshot, config.snapshotMinBytes()));
    }
  }

  /** For a model of labelled samples. */
  ModelPlan run(
      TidecastConfig config,
      ModelConfig model,
      ComputeDevice device,
      Duration measure,
      Consumer<String> progress) {
    SupervisedSettings settings = model.settings();
    int batch = settings.training().batchSize();
    try (SupervisedLearner learner = SupervisedLearner.create(settings, device)) {
      SyntheticSamples stream = new SyntheticSamples(settings);
      stream.feed(learner, 3 * batch);
      long fedBefore = stream.fed();
      long stepsBefore = posterior(learner).steps();
      progress.accept("warm; measuring for %.1f s".formatted(measure.toMillis() / 1000.0));
      long began = System.nanoTime();
      while (System.nanoTime() - began < measure.toNanos()) {
        stream.feed(learner, batch);
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      PosteriorSummary after = posterior(learner);
      long heapOfLearner = Math.max(0, heap() - heapBefore);
      long toReplay = Math.max(0, settings.training().replayRows() - stream.fed());
      long replayBytes = toReplay * (Double.BYTES + (long) Float.BYTES * settings.inputWidth());
      long snapshot =
          replayBytes
              + learner.snapshot().changed().values().stream().mapToLong(e -> e.length).sum();
      return new ModelPlan(
          device.description(),
          model.name(),
          after.network(),
          after.parameters(),
          config.partitions(),
          (after.steps() - stepsBefore) / seconds,
          (stream.fed() - fedBefore) / seconds,
          SERVICE_HEAP + config.partitions() * (heapOfLearner + replayBytes),
          Math.max(0, resident() - residentBefore - heapOfLearner),
          snapshot,
          2L * config.partitions() * Math.max(snapshot, config.snapshotMinBytes()));
    }
  }

  private static PosteriorSummary posterior(Learner<?, ?> learner) {
    return learner.posterior().orElseThrow();
  }

  /** Of what is reachable. */
  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long resident() {
    return ThisMachine.system().getOperatingSystem().getCurrentProcess().getResidentSetSize();
  }

  /**
   * Bytes of a snapshot at one moment.
   *
   * @param shared of the posterior and whatever else is there once
   * @param perSeries of each series, whose past grows
   */
  private record Sizes(long shared, long perSeries, long rounds) {
    static Sizes of(ForecastLearner learner, int series, long rounds) {
      long shared = 0;
      long ofSeries = 0;
      for (Map.Entry<String, byte[]> entry : learner.snapshot().changed().entrySet()) {
        if (entry.getKey().startsWith(ForecastLearner.SERIES)) {
          ofSeries += entry.getValue().length;
        } else {
          shared += entry.getValue().length;
        }
      }
      return new Sizes(shared, ofSeries / series, rounds);
    }

    /** Carried on along the growth since {@code early}, up to so many steps. */
    long perSeriesAt(long steps, Sizes early) {
      double growth = (double) (perSeries - early.perSeries) / Math.max(1, rounds - early.rounds);
      return Math.round(perSeries + Math.max(0, steps - rounds) * growth);
    }
  }

  /** Samples that a service might be fed, each with its label. */
  private static final class SyntheticSamples {
    private final SupervisedSettings settings;
    private final int[] shape;
    private final Random random = new Random(1);
    private long fed;

    SyntheticSamples(SupervisedSettings settings) {
      this.settings = settings;
      shape = settings.inputs().shape().stream().mapToInt(Integer::intValue).toArray();
    }

    long fed() {
      return fed;
    }

    void feed(SupervisedLearner learner, int samples) {
      List<FeatureSpec> features = settings.inputs().features();
      for (int i = 0; i < samples; i++, fed++) {
        float[] x = new float[features.size()];
        for (int f = 0; f < x.length; f++) {
          x[f] =
              features.get(f) instanceof FeatureSpec.Vocabulary v
                  ? random.nextInt(v.values().size())
                  : random.nextInt(256);
        }
        double label =
            settings.task() instanceof Task.Classification c
                ? random.nextInt(c.classes())
                : random.nextGaussian();
        learner.accept(new SampleInput.Sample("sample-" + fed, "plan", fed, x, shape, label));
      }
    }
  }

  /** Series that a service might be fed, each with one observation a round. */
  private static final class Synthetic {
    private final ForecastSettings settings;
    private final int series;
    private final long interval;
    private final Random noise = new Random(1);
    private long rounds;

    Synthetic(ForecastSettings settings, int series) {
      this.settings = settings;
      this.series = series;
      interval = settings.interval().orElse(STANDARD_INTERVAL).toMillis();
    }

    long rounds() {
      return rounds;
    }

    void feed(ForecastLearner learner) {
      double[][] ahead =
          new double[settings.knownFuture() == 0 ? 0 : settings.horizon()][settings.knownFuture()];
      for (int i = 0; i < series; i++) {
        double value = Math.sin(rounds / 7.0 + i) + 0.3 * noise.nextGaussian();
        learner.accept(
            new ForecastInput.Observation(
                "series-" + i, rounds * interval, value, new double[settings.covariates()], ahead));
      }
      rounds++;
    }
  }
}
