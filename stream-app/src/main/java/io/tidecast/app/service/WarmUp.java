package io.tidecast.app.service;

import io.tidecast.engine.Learner;
import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.forecast.ForecastInput;
import io.tidecast.engine.forecast.ForecastLearner;
import io.tidecast.engine.forecast.ForecastOutput;
import io.tidecast.engine.forecast.ForecastSettings;
import io.tidecast.engine.supervised.SampleInput;
import io.tidecast.engine.supervised.SupervisedLearner;
import io.tidecast.engine.supervised.SupervisedSettings;
import java.time.Duration;

/**
 * Lets a learner that is thrown away learn for a moment, so that natives are loaded, scripts
 * compiled and code paths hot before the first record: a first step of seconds would outlast a
 * transaction.
 */
final class WarmUp {
  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final int ROUNDS_BEYOND_CONTEXT = 50;
  private static final int SAMPLES = 3;

  private WarmUp() {}

  static void run(ForecastSettings settings, ComputeDevice device) {
    try (Learner<ForecastInput, ForecastOutput> learner =
        ForecastLearner.create(settings, device)) {
      long interval = settings.interval().orElse(INTERVAL).toMillis();
      double[] covariates = new double[settings.covariates()];
      double[][] knownFuture =
          settings.knownFuture() == 0
              ? new double[0][]
              : new double[settings.horizon()][settings.knownFuture()];
      for (int t = 0; t < settings.context() + ROUNDS_BEYOND_CONTEXT; t++) {
        learner.accept(
            new ForecastInput.Observation(
                "warm-up", t * interval, Math.sin(t / 5.0), covariates, knownFuture));
      }
    }
  }

  /** The same for a model of labelled samples. */
  static void run(SupervisedSettings settings, ComputeDevice device) {
    int features = settings.inputs().features().size();
    int[] shape = settings.inputs().shape().stream().mapToInt(Integer::intValue).toArray();
    try (SupervisedLearner learner = SupervisedLearner.create(settings, device)) {
      for (int i = 0; i < SAMPLES; i++) {
        float[] x = new float[features];
        x[i % features] = 1;
        learner.accept(new SampleInput.Sample("warm-up-" + i, "warm-up", i, x, shape, i % 2 * 1.0));
        learner.accept(new SampleInput.BatchCut());
      }
    }
  }
}
