package io.tidecast.engine.posterior;

import io.tidecast.engine.device.TensorScope;

/** The shape of a posterior. Prior and posterior share it: the prior is its mean-field member. */
public sealed interface Family {

  /** What the precisions' curvature estimates are averaged over. */
  enum Grouping {
    /** Nothing: one precision per weight. */
    WEIGHT,
    /**
     * The weights into one output unit. From 1e5 weights on the noise of a single weight's estimate
     * (E[delta^2] ~ 2 d / (B M)) leaves the precisions where they started; the average still moves.
     */
    UNIT
  }

  /** Independent weights. */
  record MeanField(Grouping grouping) implements Family {
    public MeanField() {
      this(Grouping.WEIGHT);
    }

    @Override
    public Posterior create(TensorScope scope, WeightLayout layout, Prior prior, UpdateRule rule) {
      return new MeanFieldPosterior(scope, layout, prior, rule, grouping);
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

  /** Number of Gaussians. */
  default int components() {
    return 1;
  }

  /** A posterior at its start. */
  Posterior create(TensorScope scope, WeightLayout layout, Prior prior, UpdateRule rule);
}
