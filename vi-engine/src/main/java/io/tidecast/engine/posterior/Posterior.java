package io.tidecast.engine.posterior;

import ai.djl.ndarray.index.NDIndex;
import ai.djl.pytorch.engine.PtNDArray;
import io.tidecast.engine.device.ScriptText;
import io.tidecast.engine.device.TensorScope;
import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * The live tensors of a posterior and the TorchScript that draws from it and moves it.
 *
 * <p>The script has {@code with_views(work)}, {@code draw} and {@code draw_predictive(state, work,
 * pool, seed)}, {@code value(out, y, mask)}, {@code update(state, means, work, value, n, rate, lr,
 * refresh)}, which says whether it was skipped, and {@code diagnose(state, work, lr, n)}. Not
 * thread-safe.
 */
public abstract sealed class Posterior
    permits MeanFieldPosterior, LowRankPosterior, MixturePosterior {
  /** The running length of the means' scores, which a spike is measured against. */
  static final String USUAL_LENGTH = "usualLength";

  private record Tensor(String name, PtNDArray array) {}

  private final TensorScope scope;
  private final WeightLayout layout;
  private final UpdateRule rule;
  private final List<Tensor> tensors = new ArrayList<>();

  Posterior(TensorScope scope, WeightLayout layout, UpdateRule rule) {
    this.scope = scope;
    this.layout = layout;
    this.rule = rule;
  }

  /** Adds a tensor to the state; its place in the state is the order of these calls. */
  final PtNDArray keep(String name, PtNDArray array) {
    tensors.add(new Tensor(name, array));
    return array;
  }

  final TensorScope scope() {
    return scope;
  }

  final WeightLayout layout() {
    return layout;
  }

  final UpdateRule rule() {
    return rule;
  }

  /** Number P of weights. */
  public final int parameters() {
    return layout.size();
  }

  /** What persists from step to step, means and precisions first. */
  public final PtNDArray[] state() {
    return tensors.stream().map(Tensor::array).toArray(PtNDArray[]::new);
  }

  /** The tensor of the means alone, which is also part of the state. */
  public final PtNDArray[] means() {
    return new PtNDArray[] {tensors.get(0).array};
  }

  /** Means [P], of a mixture [C P]. */
  public final float[] mean() {
    return tensors.get(0).array.toFloatArray();
  }

  /**
   * Precisions of the weights given all others [P], of a mixture [C P]; without a low-rank part.
   */
  public final float[] precision() {
    return tensors.get(1).array.toFloatArray();
  }

  /**
   * New buffers to learn with M draws in; the first is theta [M, P], the second its gradient [M,
   * P]. The script takes what its {@code with_views} makes of them.
   *
   * @param draws number M of draws, which the family can share out evenly
   */
  public final PtNDArray[] learningWork(int draws) {
    return newWork(draws, true);
  }

  /** New buffers to predict with M draws in; the first is theta [M, P], and so is the second. */
  public final PtNDArray[] predictionWork(int draws) {
    return newWork(draws, false);
  }

  abstract PtNDArray[] newWork(int draws, boolean learning);

  abstract String familyScript();

  public final String script() {
    return script(scope.torchDevice().isGpu());
  }

  /**
   * @param masked whether scores that are not finite are masked, as on a GPU, or branched around
   */
  final String script(boolean masked) {
    return (ScriptText.resource(Posterior.class, masked ? "guard_masked.py" : "guard_cpu.py")
            + ScriptText.resource(Posterior.class, "common.py")
            + familyScript())
        .replace("DEVICE", scope.torchDevice().isGpu() ? "cuda" : "cpu")
        .replace("GOOD", masked ? "Tensor" : "bool")
        .replace("BETA1", ScriptText.number(rule.beta1()))
        .replace("LIMIT", ScriptText.number(Math.min(rule.noiseLimit(), 1e30)))
        .replace("BETA2", ScriptText.number(rule.beta2()));
  }

  /** The script's spike clipping, then the lines that apply it, or nothing. */
  final String clip(String... lines) {
    if (!rule.clip()) {
      return "";
    }
    int usual = tensors.stream().map(Tensor::name).toList().indexOf(USUAL_LENGTH);
    return ScriptText.resource(Posterior.class, "clip.py").replace("USUAL", String.valueOf(usual))
        + String.join("", lines);
  }

  /** Writes the state's tensors. */
  public void saveTo(StateWriter out) {
    for (Tensor tensor : tensors) {
      out.putFloats(tensor.name, tensor.array.toFloatArray());
    }
  }

  /**
   * Takes over what {@link #saveTo} wrote.
   *
   * @throws io.tidecast.engine.state.UnreadableStateException if it is of another size
   */
  public void restore(StateReader in) {
    for (Tensor tensor : tensors) {
      overwrite(tensor.array, in.getFloats(source(tensor.name, in), (int) tensor.array.size()));
    }
  }

  /** The name under which a state has what a tensor starts with. */
  String source(String name, StateReader in) {
    return name;
  }

  /** In place: {@code NDArray.set(Buffer)} would give the array new storage. */
  final void overwrite(PtNDArray target, float[] values) {
    try (PtNDArray source = scope.of(values, target.getShape().getShape())) {
      target.set(new NDIndex(":"), source);
    }
  }
}
