package io.tidecast.bench.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.ScriptModule;
import io.tidecast.engine.device.ScriptText;
import io.tidecast.engine.device.TensorScope;
import io.tidecast.engine.inference.MiniBatch;
import io.tidecast.engine.network.Likelihood;
import io.tidecast.engine.network.Mlp;
import io.tidecast.engine.network.ParameterBlock;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A method from the literature, as a script of its own on the engine's networks and heads. */
final class Contender implements Method {
  /** Rows that the literature's methods take the data for; ours remember as many. */
  private static final double MEMORY = 1e5;

  private final int draws;
  private final double lr;
  private final TensorScope scope;
  private final ComputeDevice device;
  private final ScriptModule script;
  private final PtNDArray[] state;
  private final PtNDArray[] means;
  private final PtNDArray[] learning;
  private final PtNDArray[] predicting;
  private final PtNDArray[] weights;
  private final PtNDArray[] slopes;
  private final PtNDArray[] predictionWeights;
  private long calls;

  /**
   * What makes a method.
   *
   * @param script its TorchScript
   * @param copies point networks that are learned side by side; 1 but for an ensemble
   * @param draws weight draws per step
   * @param predictionDraws weight draws per prediction
   * @param logSd start of the log deviations relative to the prior's, or NaN for a method that has
   *     none
   */
  record Recipe(
      String name, String script, int copies, int draws, int predictionDraws, double logSd) {}

  /**
   * A contender that has learned nothing yet.
   *
   * @param averaging share of the newest means in those that are predicted from
   */
  Contender(
      ComputeDevice device,
      Recipe recipe,
      Mlp network,
      Likelihood likelihood,
      double lr,
      double averaging,
      long seed) {
    int inputs = WindowStream.CONTEXT;
    int targets = WindowStream.HORIZON;
    double logSd = recipe.logSd();
    this.device = device;
    this.draws = recipe.draws();
    this.lr = lr;
    scope = device.newScope();
    int outputs = likelihood.outputs(targets);
    List<ParameterBlock> blocks = network.parameters(inputs, outputs, targets);
    int size = blocks.stream().mapToInt(ParameterBlock::size).sum();
    float[] prior = new float[size];
    float[] start = new float[size * (Double.isNaN(logSd) ? recipe.copies() : 2)];
    Random random = new Random(seed);
    int at = 0;
    for (int c = 0; c < recipe.copies(); c++) {
      int within = 0;
      for (ParameterBlock b : blocks) {
        for (int i = 0; i < b.size(); i++, at++, within++) {
          double bias = b.outputBias() ? likelihood.initialBias(i, b.size()) : b.initialMean();
          start[at] = (float) (bias + b.initialSd() * random.nextGaussian());
          prior[within] = (float) b.priorPrecision();
        }
      }
    }
    for (int i = 0; !Double.isNaN(logSd) && i < size; i++) {
      start[size + i] = (float) (logSd - .5 * Math.log(prior[i]));
    }
    int rows = start.length / size;
    PtNDArray mean = scope.of(start, rows, size);
    boolean ivon = recipe.script().equals("ivon.py");
    state =
        new PtNDArray[] {
          mean,
          scope.zeros(rows, size),
          ivon ? scope.full(1, rows, size) : scope.zeros(rows, size),
          scope.zeros(1),
          scope.of(prior, size),
          scope.of(start, rows, size)
        };
    means = new PtNDArray[] {mean};
    int hidden = network.hidden().get(0);
    Map<String, String> constants =
        Map.of(
            "HIDDEN", String.valueOf(hidden),
            "OUTPUTS", String.valueOf(outputs),
            "FIRST", String.valueOf(blocks.get(0).size() + blocks.get(1).size()),
            "RATE", ScriptText.number(.1),
            "SHARE", ScriptText.number(averaging),
            "MEMORY", ScriptText.number(MEMORY));
    String own =
        ScriptText.resource(Contender.class, recipe.script())
            + ScriptText.resource(Contender.class, "contender.py");
    for (Map.Entry<String, String> constant : constants.entrySet()) {
      own = own.replace(constant.getKey(), constant.getValue());
    }
    script =
        ScriptModule.compile(
            scope,
            ParameterBlock.viewsScript(blocks)
                + network.script(inputs, outputs, targets)
                + likelihood.script(targets)
                + own);
    learning = buffers(draws, size);
    weights = views(learning[0]);
    slopes = views(learning[1]);
    predicting =
        draws == recipe.predictionDraws() ? learning : buffers(recipe.predictionDraws(), size);
    predictionWeights = views(predicting[0]);
  }

  private PtNDArray[] buffers(int draws, int size) {
    return new PtNDArray[] {
      scope.zeros(draws, size), scope.zeros(draws, size), scope.zeros(draws, size)
    };
  }

  private PtNDArray[] views(PtNDArray draws) {
    return script.arrays(scope, "views", draws);
  }

  @Override
  public int gradientsPerUpdate() {
    return draws;
  }

  @Override
  public void learn(MiniBatch batch) {
    int b = batch.rows();
    int targets = WindowStream.HORIZON;
    float[] weight = new float[batch.mask().length];
    for (int i = 0; i < weight.length; i++) {
      weight[i] = batch.mask()[i] / (targets * b);
    }
    try (TensorScope step = device.newScope()) {
      script.tensors(
          step,
          "step",
          state,
          means,
          learning,
          weights,
          slopes,
          step.of(batch.x(), b, batch.x().length / b),
          step.of(batch.y(), b, targets),
          step.of(weight, b, targets),
          ++calls * 7919,
          lr,
          MEMORY);
    }
  }

  @Override
  public float[][] predict(float[] x, int rows) {
    try (TensorScope call = device.newScope()) {
      return script
          .tensors(
              call,
              "predict",
              state,
              predicting,
              predictionWeights,
              call.of(x, rows, x.length / rows),
              ++calls * 7919)
          .stream()
          .map(NDArray::toFloatArray)
          .toArray(float[][]::new);
    }
  }

  @Override
  public void close() {
    script.close();
    scope.close();
  }
}
