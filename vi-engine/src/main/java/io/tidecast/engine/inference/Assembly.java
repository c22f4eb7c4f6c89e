package io.tidecast.engine.inference;

import io.tidecast.engine.device.ScriptModule;
import io.tidecast.engine.device.ScriptText;
import io.tidecast.engine.device.TensorScope;
import io.tidecast.engine.network.Likelihood;
import io.tidecast.engine.network.NetworkSpec;
import io.tidecast.engine.network.ParameterBlock;
import io.tidecast.engine.network.ScriptedModule;
import io.tidecast.engine.posterior.Posterior;
import io.tidecast.engine.posterior.Prior;
import io.tidecast.engine.posterior.UpdateRule;
import io.tidecast.engine.posterior.WeightLayout;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Network, likelihood and posterior put together into one script.
 *
 * @param sums normals that a draw of the sums of the layers takes, or empty if weights are drawn to
 *     predict
 * @param scores where the gradients come from, or empty if the step makes them itself
 */
record Assembly(
    Posterior posterior, OptionalInt sums, Optional<Scores> scores, ScriptModule script) {

  static Assembly of(
      TensorScope scope,
      NetworkSpec network,
      Likelihood likelihood,
      LearningSettings settings,
      int inputs,
      int targets,
      long seed,
      Optional<PretrainedWeights> pretrained) {
    int outputs = likelihood.outputs(targets);
    int locations = likelihood.locations(targets);
    Optional<ModuleScores> module =
        network instanceof ScriptedModule file
            ? Optional.of(ModuleScores.load(scope, file.path()))
            : Optional.empty();
    List<ParameterBlock> blocks =
        module
            .map(ModuleScores::blocks)
            .orElseGet(() -> network.parameters(inputs, outputs, locations));
    Prior plain = Start.of(blocks, likelihood, settings, seed);
    Prior prior =
        module
            .map(ModuleScores::weights)
            .or(() -> pretrained.map(file -> file.read(scope, blocks)))
            .map(weights -> Start.pretrained(plain, weights))
            .orElse(plain);
    WeightLayout layout =
        new WeightLayout(
            blocks.stream().map(b -> new WeightLayout.Shape(b.rows(), b.columns())).toList());
    UpdateRule rule =
        new UpdateRule(
            UpdateRule.BETA1,
            UpdateRule.BETA2,
            UpdateRule.NOISE_LIMIT,
            !likelihood.boundedScore(),
            settings.averaging());
    Posterior posterior = settings.family().create(scope, layout, prior, rule);
    OptionalInt sums =
        settings.family().independentWeights() ? network.sums(outputs) : OptionalInt.empty();
    boolean sampled = settings.family().samplesLabels();
    String source =
        ParameterBlock.viewsScript(blocks)
            + network.script(inputs, outputs, locations)
            + likelihood.script(targets)
            + posterior.script()
            + (sampled ? likelihood.samplingScript() + resource("labels.py") : "")
            + resource("finish.py")
            + (network.handwrittenGradients()
                ? resource("step.py")
                    .replace("CURVATURE", sampled ? resource("curvature.py") : "")
                    .replace(
                        "PREDICTION",
                        resource(sums.isPresent() ? "predict_by_sums.py" : "predict_by_weights.py"))
                : module.isPresent() ? resource("module.py") : resource("autograd.py"));
    Optional<Scores> scores =
        network.handwrittenGradients()
            ? Optional.empty()
            : Optional.of(module.<Scores>map(m -> m).orElseGet(Scores.Autograd::new));
    return new Assembly(posterior, sums, scores, ScriptModule.compile(scope, source));
  }

  private static String resource(String name) {
    return ScriptText.resource(Assembly.class, name);
  }
}
