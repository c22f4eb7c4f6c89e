package io.tidecast.engine.inference;

import io.tidecast.engine.posterior.Family;
import java.util.function.Consumer;

/**
 * How a posterior learns. The defaults come from the prototype's measurements (docs/inference, "The
 * default update" and "The forecasting recipe").
 *
 * @param family shape of the posterior
 * @param draws weight draws M per step, antithetic pairs, or a single one where precisions come
 *     from sampled labels. More updates help, more draws do not.
 * @param predictionDraws weight draws for a prediction, even
 * @param memory what the posterior remembers and how much each row counts; can change while
 *     learning
 * @param learningRate of the means; can change while learning
 * @param initialPrecisionFactor initial precision over prior precision; 400 is an initial sd of
 *     1/20 of the prior's
 * @param priorAtInitialMean whether the prior is centred on the initial weights rather than on zero
 * @param noise source of the draws
 * @param diagnoseEvery steps from one full {@link StepReport} to the next
 * @param averaging share of the newest means in the means that predictions are drawn around, 1 for
 *     the newest alone; of the mean-field family only
 */
public record LearningSettings(
    Family family,
    int draws,
    int predictionDraws,
    Memory memory,
    LearningRate learningRate,
    double initialPrecisionFactor,
    boolean priorAtInitialMean,
    Noise noise,
    int diagnoseEvery,
    double averaging) {
  /** The first steps' average is over a tenth of them. */
  private static final double EAGER = 10;

  /**
   * The tempered stream posterior {@code prior * prod gamma^(t-tau) likelihood^omega}.
   *
   * @param nEff how many rows the posterior remembers
   * @param omega exponent of the likelihood, which is the mean over the targets of a row
   */
  public record Memory(double nEff, double omega) {
    public Memory {
      positive("nEff", nEff);
      positive("omega", omega);
    }
  }

  public LearningSettings {
    if (!family.takes(draws)) {
      throw new IllegalArgumentException(
          "draws: expected a multiple of %d (antithetic pairs of %d components), got %d"
              .formatted(2 * family.components(), family.components(), draws));
    }
    positiveEven("predictionDraws", predictionDraws);
    positive("initialPrecisionFactor", initialPrecisionFactor);
    positive("diagnoseEvery", diagnoseEvery);
    if (averaging != 1 && !(family instanceof Family.MeanField)) {
      throw new IllegalArgumentException("averaging: offered by the mean-field family only");
    }
  }

  /** The general-purpose defaults: M = 2, N_eff 1e5, omega 4, rate 5e-4, 16 draws to predict. */
  public static LearningSettings defaults() {
    return new LearningSettings(
        new Family.MeanField(),
        2,
        16,
        new Memory(1e5, 4),
        LearningRate.constant(5e-4),
        400,
        false,
        Noise.POOLED,
        16,
        1);
  }

  /**
   * The forecasting recipe: shorter memory, quick start, four draws to predict, and predictions
   * around means averaged over about 70 steps, which is worth 1 % of CRPS.
   */
  public static LearningSettings forecasting() {
    return defaults()
        .withPredictionDraws(8)
        .withMemory(2e4, 4)
        .withLearningRate(new LearningRate(8e-4, 1.5e-3, 2000))
        .withPriorAtInitialMean(true)
        .withAveraging(.015)
        .withDiagnoseEvery(64);
  }

  /**
   * Another shape of the posterior; averaging is kept where the family offers it.
   *
   * @param draws as many as the family takes, see {@link Family#takes}
   */
  public LearningSettings withFamily(Family family, int draws) {
    return with(
        copy -> {
          copy.family = family;
          copy.draws = draws;
          copy.averaging = family instanceof Family.MeanField ? averaging : 1;
        });
  }

  public LearningSettings withDraws(int draws) {
    return with(copy -> copy.draws = draws);
  }

  public LearningSettings withPredictionDraws(int predictionDraws) {
    return with(copy -> copy.predictionDraws = predictionDraws);
  }

  public LearningSettings withMemory(double nEff, double omega) {
    return with(copy -> copy.memory = new Memory(nEff, omega));
  }

  public LearningSettings withLearningRate(LearningRate learningRate) {
    return with(copy -> copy.learningRate = learningRate);
  }

  public LearningSettings withPriorAtInitialMean(boolean priorAtInitialMean) {
    return with(copy -> copy.priorAtInitialMean = priorAtInitialMean);
  }

  public LearningSettings withInitialPrecisionFactor(double factor) {
    return with(copy -> copy.initialPrecisionFactor = factor);
  }

  public LearningSettings withNoise(Noise noise) {
    return with(copy -> copy.noise = noise);
  }

  public LearningSettings withDiagnoseEvery(int steps) {
    return with(copy -> copy.diagnoseEvery = steps);
  }

  /**
   * Share of the newest means in their average in a step: over about a tenth of all steps so far,
   * at most over {@code 1 / averaging}. The first means are bad ones and are left behind quickly.
   *
   * @param step steps before
   */
  public double averagingAt(long step) {
    return Math.max(averaging, EAGER / (EAGER + step));
  }

  public LearningSettings withAveraging(double share) {
    return with(copy -> copy.averaging = share);
  }

  private LearningSettings with(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return new LearningSettings(
        copy.family,
        copy.draws,
        copy.predictionDraws,
        copy.memory,
        copy.learningRate,
        copy.initialPrecisionFactor,
        copy.priorAtInitialMean,
        copy.noise,
        copy.diagnoseEvery,
        copy.averaging);
  }

  /** The same settings while one of them changes. */
  private static final class Copy {
    private Family family;
    private int draws;
    private int predictionDraws;
    private Memory memory;
    private LearningRate learningRate;
    private double initialPrecisionFactor;
    private boolean priorAtInitialMean;
    private Noise noise;
    private int diagnoseEvery;
    private double averaging;

    Copy(LearningSettings s) {
      family = s.family;
      draws = s.draws;
      predictionDraws = s.predictionDraws;
      memory = s.memory;
      learningRate = s.learningRate;
      initialPrecisionFactor = s.initialPrecisionFactor;
      priorAtInitialMean = s.priorAtInitialMean;
      noise = s.noise;
      diagnoseEvery = s.diagnoseEvery;
      averaging = s.averaging;
    }
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
}
