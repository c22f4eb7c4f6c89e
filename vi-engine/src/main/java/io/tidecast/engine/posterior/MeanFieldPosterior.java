package io.tidecast.engine.posterior;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import io.tidecast.engine.device.ScriptText;
import io.tidecast.engine.device.TensorScope;
import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import java.util.HashMap;
import java.util.Map;

/**
 * A Gaussian with independent weights and its proximal score-matching step.
 *
 * <p>The objective (score matching plus a proximal penalty, samples from the frozen previous
 * posterior) is that of Kim, arXiv 2602.05873. Ours: the closed-form step, whose precision stays
 * positive by construction, the control variate, the noise law and the forgetting towards the prior
 * (docs/inference, facts 4 to 7).
 *
 * <p>State: 20 bytes per weight, 24 with a prior mean other than zero. Work: 16 + 12 M bytes.
 */
public final class MeanFieldPosterior implements Posterior {
  /** Where scores are not finite the precision stays; on a GPU without asking the host. */
  private static final String MASKED = "  precision = state[1].div_(torch.where(finite, root, 1.))";

  private static final String BRANCHED =
      """
        if bool(finite):
          precision = state[1].div_(root)
        else:
          pass\
      """;

  private final TensorScope scope;
  private final WeightLayout layout;
  private final double beta1;
  private final double beta2;
  private final boolean pulled;
  private final PtNDArray mean;
  private final PtNDArray precision;
  private final PtNDArray moment1;
  private final PtNDArray moment2;
  private final PtNDArray noise;
  private final PtNDArray adamSteps;
  private final PtNDArray rate;
  private final PtNDArray half;
  private final PtNDArray counts;
  private final PtNDArray[] state;
  private final PtNDArray[] means;
  private final Map<Integer, PtNDArray[]> work = new HashMap<>();

  public MeanFieldPosterior(TensorScope scope, WeightLayout layout, Prior prior, AdamDecay decay) {
    this.scope = scope;
    this.layout = layout;
    beta1 = decay.beta1();
    beta2 = decay.beta2();
    int parameters = layout.size();
    mean = scope.of(prior.start(), parameters);
    precision = scope.of(prior.startPrecision(), parameters);
    moment1 = scope.zeros(parameters);
    moment2 = scope.zeros(parameters);
    noise = scope.zeros(layout.tensors());
    adamSteps = scope.zeros();
    pulled = !prior.centredOnZero();
    PtNDArray pull = pulled ? scope.of(prior.pull(), parameters) : scope.zeros(1);
    PtNDArray priorPrecision = scope.of(prior.precision(), parameters);
    state =
        new PtNDArray[] {mean, precision, moment1, moment2, priorPrecision, pull, noise, adamSteps};
    means = new PtNDArray[] {mean};
    rate = scope.zeros(parameters);
    half = scope.zeros(parameters);
    counts = scope.of(layout.counts());
  }

  @Override
  public int parameters() {
    return layout.size();
  }

  @Override
  public PtNDArray[] state() {
    return state;
  }

  @Override
  public PtNDArray[] means() {
    return means;
  }

  @Override
  public PtNDArray[] work(int draws) {
    return work.computeIfAbsent(draws, this::newWork);
  }

  private PtNDArray[] newWork(int draws) {
    int pairs = draws / 2;
    int parameters = layout.size();
    return new PtNDArray[] {
      scope.zeros(pairs, parameters),
      scope.zeros(pairs, parameters),
      scope.zeros(draws, parameters),
      scope.zeros(draws, parameters),
      rate,
      half,
      counts
    };
  }

  @Override
  public String script() {
    String pull = "  ascent = torch.add(ascent, state[5], alpha=1. / n, out=ascent)\n";
    return ScriptText.resource(Posterior.class, "noise.py")
            .replace("DEVICE", scope.torchDevice().isGpu() ? "cuda" : "cpu")
        + ScriptText.resource(Posterior.class, "mean_field.py")
            .replace("GUARD", scope.torchDevice().isGpu() ? MASKED : BRANCHED)
            .replace("PULL", pulled ? pull : "")
            .replace("CLIP", "")
            .replace("SIZES", layout.sizes().toString())
            .replace("PARAMETERS", String.valueOf(layout.size()))
            .replace("BETA1", ScriptText.number(beta1))
            .replace("BETA2", ScriptText.number(beta2));
  }

  @Override
  public void saveTo(StateWriter out) {
    out.putFloats("mean", mean.toFloatArray())
        .putFloats("precision", precision.toFloatArray())
        .putFloats("moment1", moment1.toFloatArray())
        .putFloats("moment2", moment2.toFloatArray())
        .putFloats("pull", state[5].toFloatArray())
        .putFloats("noise", noise.toFloatArray())
        .putDouble("adamSteps", adamSteps.getFloat())
        .putFloats("rate", layout.firsts(rate.toFloatArray()));
  }

  @Override
  public void restore(StateReader in) {
    int parameters = layout.size();
    overwrite(mean, in.getFloats("mean", parameters));
    overwrite(precision, in.getFloats("precision", parameters));
    overwrite(moment1, in.getFloats("moment1", parameters));
    overwrite(moment2, in.getFloats("moment2", parameters));
    overwrite(state[5], in.getFloats("pull", (int) state[5].size()));
    overwrite(noise, in.getFloats("noise", layout.tensors()));
    overwrite(adamSteps, new float[] {(float) in.getDouble("adamSteps")});
    overwrite(rate, layout.spread(in.getFloats("rate", layout.tensors())));
    try (NDArray halves = rate.mul(-.5f)) {
      halves.addi(.5f);
      half.muli(0).addi(halves);
    }
  }

  /** In place: {@code NDArray.set(Buffer)} would give the array new storage. */
  private void overwrite(PtNDArray target, float[] values) {
    try (PtNDArray source = scope.of(values, target.getShape().getShape())) {
      target.muli(0).addi(source);
    }
  }
}
