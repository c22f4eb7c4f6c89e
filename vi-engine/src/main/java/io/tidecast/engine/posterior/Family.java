package io.tidecast.engine.posterior;

import io.tidecast.engine.device.TensorScope;

/** The shape of a posterior. Prior and posterior share it: the prior is its mean-field member. */
public sealed interface Family {

  /** Where the curvature comes from that a mean-field precision follows. */
  enum Curvature {
    /** The regression of the scores on the draws, weight by weight. */
    WEIGHT,
    /**
     * The same, averaged over the weights into one output unit. From 1e5 weights on the noise of a
     * single weight's estimate (E[delta^2] ~ 2 d / (B M)) leaves the precisions where they started;
     * the average still moves.
     */
    UNIT,
    /**
     * The Gauss-Newton diagonal by sampled labels (Martens 2020): every tenth step, for one draw,
     * the squared gradient of the likelihood of labels that the model itself made up. Unbiased for
     * the Fisher diagonal, never negative, and its noise does not grow with the number of weights.
     */
    GAUSS_NEWTON;

    private static final int EVERY = 10;
    private static final double LARGEST_RATE = .2;

    double rate(long step, double rate) {
      return this == GAUSS_NEWTON && step % EVERY == 0 ? Math.min(EVERY * rate, LARGEST_RATE) : 0;
    }
  }

  /** Independent weights. */
  record MeanField(Curvature curvature) implements Family {
    public MeanField() {
      this(Curvature.WEIGHT);
    }

    /** With sampled labels a single draw is enough, as there is nothing to regress on pairs. */
    @Override
    public boolean takes(int draws) {
      return Family.super.takes(draws) || (samplesLabels() && draws == 1);
    }

    @Override
    public boolean independentWeights() {
      return true;
    }

    @Override
    public boolean samplesLabels() {
      return curvature == Curvature.GAUSS_NEWTON;
    }

    @Override
    public double sampledRate(long step, double rate) {
      return curvature.rate(step, rate);
    }

    @Override
    public Posterior create(TensorScope scope, WeightLayout layout, Prior prior, UpdateRule rule) {
      return new MeanFieldPosterior(scope, layout, prior, rule, curvature);
    }

    /** As saved states have it. */
    @Override
    public String toString() {
      return "MeanField[grouping=" + curvature + "]";
    }
  }

  /**
   * Precision D + U U^T.
   *
   * @param rank number of columns of U
   */
  record LowRank(int rank) implements Family {
    public LowRank {
      if (rank < 1) {
        throw new IllegalArgumentException("low rank: expected a rank of at least 1, got " + rank);
      }
    }

    @Override
    public Posterior create(TensorScope scope, WeightLayout layout, Prior prior, UpdateRule rule) {
      return new LowRankPosterior(scope, layout, prior, rule, rank);
    }
  }

  /**
   * Several Gaussians with independent weights, each drawn from equally often.
   *
   * @param components number C of Gaussians
   * @param learnWeights whether their weights move by their evidence; in high dimension, where the
   *     components are independent posteriors, equal weights are better
   */
  record Mixture(int components, boolean learnWeights) implements Family {
    public Mixture {
      if (components < 2) {
        throw new IllegalArgumentException(
            "mixture: expected at least 2 components, got " + components);
      }
    }

    @Override
    public int components() {
      return components;
    }

    @Override
    public Posterior create(TensorScope scope, WeightLayout layout, Prior prior, UpdateRule rule) {
      return new MixturePosterior(scope, layout, prior, rule, components, learnWeights);
    }
  }

  /** Whether a step can do with this many weight draws. */
  default boolean takes(int draws) {
    return draws > 0 && draws % (2 * components()) == 0;
  }

  /** Number of Gaussians. */
  default int components() {
    return 1;
  }

  /** Whether the weights are independent of each other: the script then has {@code variance}. */
  default boolean independentWeights() {
    return false;
  }

  /** Whether its precisions come from labels that the model made up. */
  default boolean samplesLabels() {
    return false;
  }

  /**
   * Step size of the precisions from sampled labels in this step, 0 if none are sampled.
   *
   * @param rate the batch's share of the memory
   */
  default double sampledRate(long step, double rate) {
    return 0;
  }

  /** A posterior at its start. */
  Posterior create(TensorScope scope, WeightLayout layout, Prior prior, UpdateRule rule);
}
