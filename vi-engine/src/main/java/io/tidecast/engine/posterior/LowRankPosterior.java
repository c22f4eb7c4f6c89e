package io.tidecast.engine.posterior;

import ai.djl.pytorch.engine.PtNDArray;
import io.tidecast.engine.device.ScriptText;
import io.tidecast.engine.device.TensorScope;
import java.util.Random;

/**
 * A Gaussian with precision D + U U^T, kept as D and A = D^-1/2 U. Captures the r directions in
 * which weights are correlated. The damping G + I in the step of A is essential: 1e-2 I diverged at
 * 1.2e4 weights (docs/inference).
 *
 * <p>State: 24 + 4 r bytes per weight.
 */
final class LowRankPosterior extends Posterior {
  private static final double INITIAL_LENGTH = .3;

  LowRankPosterior(TensorScope scope, WeightLayout layout, Prior prior, UpdateRule rule, int rank) {
    super(scope, layout, rule);
    int parameters = layout.size();
    keep("mean", scope.of(prior.start(), parameters));
    keep("diagonal", scope.of(prior.startPrecision(), parameters));
    keep("moment1", scope.zeros(parameters));
    keep("moment2", scope.zeros(parameters));
    keep("priorPrecision", scope.of(prior.precision(), parameters));
    keep("priorPull", scope.of(prior.pull(), parameters));
    keep("noise", scope.zeros(1));
    keep("adamSteps", scope.zeros(1));
    Random random = new Random(prior.seed());
    float[] factor = new float[Math.multiplyExact(parameters, rank)];
    for (int i = 0; i < factor.length; i++) {
      factor[i] = (float) (INITIAL_LENGTH / Math.sqrt(parameters) * random.nextGaussian());
    }
    keep("factor", scope.of(factor, parameters, rank));
    keep(USUAL_LENGTH, scope.zeros(1));
  }

  @Override
  PtNDArray[] newWork(int draws, boolean learning) {
    int parameters = layout().size();
    PtNDArray theta = scope().zeros(draws, parameters);
    return new PtNDArray[] {
      theta,
      learning ? scope().zeros(draws, parameters) : theta,
      scope().zeros(draws / 2, parameters),
      scope().zeros(draws / 2, parameters)
    };
  }

  @Override
  String familyScript() {
    return ScriptText.resource(Posterior.class, "low_rank.py")
        .replace(
            "CLIP",
            clip(
                "    ascent = ascent.mul_(shorten)\n",
                "    up = up.mul_(shorten)\n",
                "    down = down.mul_(shorten)\n"));
  }
}
