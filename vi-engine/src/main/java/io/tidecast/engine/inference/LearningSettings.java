package io.tidecast.engine.inference;

/**
 * How a posterior learns. Defaults are those of docs/inference (section "The default update") or,
 * from {@link #forecasting()}, of its forecasting recipe; each was the better choice in the
 * prototype's measurements.
 *
 * @param draws weight draws M per step, even: antithetic pairs. More updates help, more draws do
 *     not.
 * @param predictionDraws weight draws for a prediction, even
 * @param nEff how many rows the posterior remembers; can be changed while learning
 * @param omega exponent of the likelihood; with overlapping windows the mean over the horizon
 *     raised to this
 * @param learningRate of the means
 * @param beta1 decay of Adam's first moment (Kingma &amp; Ba 2015, defaults)
 * @param beta2 decay of Adam's second moment
 * @param initialPrecisionFactor initial precision over prior precision: 400 is an initial sd of
 *     1/20 of the prior's
 * @param priorAtInitialMean whether the prior is centred on the initial weights rather than on zero
 */
public record LearningSettings(
    int draws,
    int predictionDraws,
    double nEff,
    double omega,
    LearningRate learningRate,
    double beta1,
    double beta2,
    double initialPrecisionFactor,
    boolean priorAtInitialMean) {

  public LearningSettings {
    positiveEven("draws", draws);
    positiveEven("predictionDraws", predictionDraws);
    positive("nEff", nEff);
    positive("omega", omega);
    positive("initialPrecisionFactor", initialPrecisionFactor);
    decay("beta1", beta1);
    decay("beta2", beta2);
  }

  /** The general-purpose defaults. */
  public static LearningSettings defaults() {
    return new LearningSettings(2, 16, 1e5, 4, LearningRate.constant(5e-4), .9, .999, 400, false);
  }

  /** The forecasting recipe: shorter memory, quick start, four draws to predict. */
  public static LearningSettings forecasting() {
    return new LearningSettings(
        2, 4, 2e4, 4, new LearningRate(5e-4, 1.5e-3, 1000), .9, .999, 400, true);
  }

  public LearningSettings withDraws(int draws) {
    return new LearningSettings(
        draws,
        predictionDraws,
        nEff,
        omega,
        learningRate,
        beta1,
        beta2,
        initialPrecisionFactor,
        priorAtInitialMean);
  }

  public LearningSettings withPredictionDraws(int predictionDraws) {
    return new LearningSettings(
        draws,
        predictionDraws,
        nEff,
        omega,
        learningRate,
        beta1,
        beta2,
        initialPrecisionFactor,
        priorAtInitialMean);
  }

  public LearningSettings withMemory(double nEff, double omega) {
    return new LearningSettings(
        draws,
        predictionDraws,
        nEff,
        omega,
        learningRate,
        beta1,
        beta2,
        initialPrecisionFactor,
        priorAtInitialMean);
  }

  public LearningSettings withLearningRate(LearningRate learningRate) {
    return new LearningSettings(
        draws,
        predictionDraws,
        nEff,
        omega,
        learningRate,
        beta1,
        beta2,
        initialPrecisionFactor,
        priorAtInitialMean);
  }

  private static void positiveEven(String name, int value) {
    if (value < 2 || value % 2 != 0) {
      throw new IllegalArgumentException(
          name + ": expected an even number of at least 2 (antithetic pairs), got " + value);
    }
  }

  private static void positive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + ": expected a positive number, got " + value);
    }
  }

  private static void decay(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + ": expected a number in [0, 1), got " + value);
    }
  }
}
