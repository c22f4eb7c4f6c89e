package io.tidecast.engine.posterior;

import ai.djl.pytorch.engine.PtNDArray;
import io.tidecast.engine.device.ScriptText;
import io.tidecast.engine.device.TensorScope;
import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;

/**
 * A Gaussian with independent weights and its proximal score-matching step.
 *
 * <p>The objective (score matching plus a proximal penalty, samples from the frozen previous
 * posterior) is that of Kim, arXiv 2602.05873. Ours: the closed-form step, whose precision stays
 * positive by construction, the control variate, the noise law and the forgetting towards the prior
 * (docs/inference, facts 4 to 7).
 *
 * <p>State: 20 bytes per weight, 4 more with a prior mean other than zero, 4 more with averaging. A
 * step works in 4 + 10 M more for M draws.
 */
final class MeanFieldPosterior extends Posterior {
  private static final String SUM =
      """
        ascent = work[12]
        if work[1].size(0) > 1:
          ascent = work[1].sum([0])
        else:
          pass
      """;

  private static final String REGRESSION =
      "    delta = (self).regress(good, difference, state, work, n, rate, refresh)\n";

  private static final String MEAN_DELTA = "work[8].mean() * (-n * float(work[2].size(0)))";

  private static final String MEAN = "mean";
  private static final String AVERAGE = "average";

  /** Weights at a time, where there are more: their arrays stay in the second-level cache. */
  private static final int BLOCK = 1 << 15;

  private final boolean pulled;
  private final Family.Curvature curvature;
  private final PtNDArray rate;
  private final PtNDArray counts;
  private final PtNDArray half;
  private final PtNDArray measured;

  MeanFieldPosterior(
      TensorScope scope,
      WeightLayout layout,
      Prior prior,
      UpdateRule rule,
      Family.Curvature curvature) {
    super(scope, layout, rule);
    this.curvature = curvature;
    int parameters = layout.size();
    pulled = !prior.centredOnZero();
    keep(MEAN, scope.of(prior.start(), parameters));
    keep("precision", scope.of(prior.startPrecision(), parameters));
    keep("moment1", scope.zeros(parameters));
    keep("moment2", scope.zeros(parameters));
    keep("priorPrecision", scope.of(prior.precision(), parameters));
    keep("priorPull", pulled ? scope.of(prior.pull(), parameters) : scope.zeros(1));
    keep("noise", scope.zeros(layout.tensors()));
    keep("adamSteps", scope.zeros(1));
    keep(USUAL_LENGTH, scope.zeros(1));
    if (rule.averaging() < 1) {
      keep(AVERAGE, scope.of(prior.start(), parameters));
    }
    rate = scope.zeros(parameters);
    half = scope.scalar(.5f);
    measured = scope.zeros(layout.tensors());
    counts = scope.of(layout.counts(), layout.tensors());
  }

  @Override
  PtNDArray[] newWork(int draws, boolean learning) {
    int parameters = layout().size();
    PtNDArray theta = scope().zeros(draws, parameters);
    return new PtNDArray[] {
      theta,
      learning ? scope().zeros(draws, parameters) : theta,
      scope().zeros(Math.max(draws / 2, 1), parameters),
      rate,
      counts,
      half,
      measured
    };
  }

  @Override
  String familyScript() {
    String pull = "    ascent = torch.add(ascent, state[5], alpha=1. / n, out=ascent)\n";
    // in place: the noise of the averages counts, not that of the single weights
    String group = "  delta = delta.copy_(" + layout().averagedOverInputs("delta") + ")\n";
    boolean averaged = rule().averaging() < 1;
    String average = "    average = state[9].lerp_((self).kept(good, mean, state[9]), newest)\n";
    boolean sampled = curvature == Family.Curvature.GAUSS_NEWTON;
    String shorten = "    ascent = ascent.mul_(shorten)\n";
    String clip =
        sampled ? clip(shorten) : clip(shorten, "    difference = difference.mul_(shorten)\n");
    boolean whole = curvature == Family.Curvature.UNIT || layout().size() <= 2 * BLOCK;
    return (resource("mean_field.py") + resource(sampled ? "gauss_newton.py" : "regression.py"))
        .replace("ASCENT", sampled ? SUM : resource("pairs.py"))
        .replace("CLIP", clip)
        .replace("PRECISION", sampled ? "" : REGRESSION)
        .replace("MOVE", resource(whole ? "move.py" : "move_blocks.py"))
        .replace("BLOCK", String.valueOf(BLOCK))
        .replace("MEAN_DELTA", sampled ? "work[6].mean()" : MEAN_DELTA)
        .replace("AVERAGE", averaged ? average : "")
        .replace("CENTRE", averaged ? "state[9]" : "state[0]")
        .replace("PULL", pulled ? pull : "")
        .replace("GROUP", curvature == Family.Curvature.UNIT ? group : "")
        .replace("SIZES", layout().sizes().toString())
        .replace("TENSORS", String.valueOf(layout().tensors()));
  }

  private static String resource(String name) {
    return ScriptText.resource(Posterior.class, name);
  }

  /** The step sizes are one number per tensor, spread over the tensor's weights. */
  @Override
  public void saveTo(StateWriter out) {
    super.saveTo(out);
    out.putFloats("rate", layout().firsts(rate.toFloatArray()));
  }

  /** A state that was saved without averaged means: averaging begins at its means. */
  @Override
  String source(String name, StateReader in) {
    return name.equals(AVERAGE) && !in.has(AVERAGE) ? MEAN : name;
  }

  @Override
  public void restore(StateReader in) {
    super.restore(in);
    overwrite(rate, layout().spread(in.getFloats("rate", layout().tensors())));
  }
}
