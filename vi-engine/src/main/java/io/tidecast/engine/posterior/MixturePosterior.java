package io.tidecast.engine.posterior;

import ai.djl.pytorch.engine.PtNDArray;
import io.tidecast.engine.device.ScriptText;
import io.tidecast.engine.device.TensorScope;
import java.util.Arrays;

/**
 * A mixture of Gaussians with independent weights. Each component has the same number of antithetic
 * draws (importance-weighted components starve); the residual uses the score of the whole mixture.
 *
 * <p>State: 16 C + 8 bytes per weight.
 */
final class MixturePosterior extends Posterior {
  private final int components;
  private final boolean learnWeights;

  MixturePosterior(
      TensorScope scope,
      WeightLayout layout,
      Prior prior,
      UpdateRule rule,
      int components,
      boolean learnWeights) {
    super(scope, layout, rule);
    this.components = components;
    this.learnWeights = learnWeights;
    int parameters = layout.size();
    float[] precision = new float[components * parameters];
    for (int c = 0; c < components; c++) {
      System.arraycopy(prior.startPrecision(), 0, precision, c * parameters, parameters);
    }
    keep("mean", scope.of(prior.start(), components, parameters));
    keep("precision", scope.of(precision, components, parameters));
    keep("moment1", scope.zeros(components, parameters));
    keep("moment2", scope.zeros(components, parameters));
    keep("priorPrecision", scope.of(prior.precision(), parameters));
    keep("priorPull", scope.of(prior.pull(), parameters));
    keep("noise", scope.zeros(components));
    keep("adamSteps", scope.zeros(1));
    float[] even = new float[components];
    Arrays.fill(even, (float) -Math.log(components));
    keep("logWeights", scope.of(even, components));
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
      scope().zeros(components, parameters)
    };
  }

  @Override
  String familyScript() {
    return ScriptText.resource(Posterior.class, "mixture.py")
        .replace("WEIGHTS", learnWeights ? ScriptText.resource(Posterior.class, "weights.py") : "")
        .replace("CLIP", clip("    ascent = ascent * shorten\n"));
  }
}
