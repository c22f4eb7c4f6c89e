package io.tidecast.engine.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import io.tidecast.engine.device.ScriptModule;
import io.tidecast.engine.device.TensorScope;
import io.tidecast.engine.network.ParameterBlock;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Scores of a TorchScript module that is not ours: each draw is written into the module's
 * parameters, then one forward and one backward pass.
 */
final class ModuleScores implements Scores {
  private final PtSymbolBlock module;
  private final PtNDArray[] parameters;
  private final List<ParameterBlock> blocks;

  private ModuleScores(PtSymbolBlock module, PtNDArray[] parameters, List<ParameterBlock> blocks) {
    this.module = module;
    this.parameters = parameters;
    this.blocks = blocks;
  }

  /**
   * Reads an exported module.
   *
   * @throws IllegalArgumentException if the file is missing, is no TorchScript module, or has no
   *     parameters
   */
  static ModuleScores load(TensorScope scope, Path path) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
      PtSymbolBlock module =
          JniUtils.loadModule(scope.manager(), in, !scope.torchDevice().isGpu(), false);
      NDList named = JniUtils.moduleGetParams(module, scope.manager());
      if (named.isEmpty()) {
        throw new IllegalArgumentException("module '" + path + "' has no parameters to learn");
      }
      List<ParameterBlock> blocks = new ArrayList<>();
      for (NDArray parameter : named) {
        parameter.setRequiresGradient(true);
        blocks.add(block(parameter.getName(), parameter.getShape()));
      }
      return new ModuleScores(module, named.toArray(new PtNDArray[0]), List.copyOf(blocks));
    } catch (IOException | ai.djl.engine.EngineException e) {
      throw new IllegalArgumentException(
          "module '%s': expected a TorchScript file written by torch.jit.save: %s"
              .formatted(path, e.getMessage()),
          e);
    }
  }

  /** PyTorch keeps matrices as [outputs, inputs]; the prior needs the number of inputs. */
  private static ParameterBlock block(String name, Shape shape) {
    int size = Math.toIntExact(shape.size());
    int inputs = shape.dimension() < 2 ? 1 : size / Math.toIntExact(shape.get(0));
    return ParameterBlock.given(name, inputs, size / inputs);
  }

  List<ParameterBlock> blocks() {
    return blocks;
  }

  /** The exported weights [P]. */
  float[] weights() {
    int at = 0;
    float[] all = new float[blocks.stream().mapToInt(ParameterBlock::size).sum()];
    for (PtNDArray parameter : parameters) {
      float[] values = parameter.toFloatArray();
      System.arraycopy(values, 0, all, at, values.length);
      at += values.length;
    }
    return all;
  }

  @Override
  public PtNDArray at(
      ScriptModule script,
      TensorScope step,
      PtNDArray theta,
      PtNDArray x,
      PtNDArray y,
      PtNDArray mask,
      PtNDArray grad) {
    NDList outputs = new NDList();
    PtNDArray inputs = step.copy(x);
    boolean before = JniUtils.isGradMode();
    try {
      for (int m = 0; m < theta.getShape().get(0); m++) {
        script.tensors(step, "assign", parameters, theta, (long) m);
        JniUtils.setGradMode(true);
        // not rewritten after its first runs, see ScriptModule.record
        JniUtils.setGraphExecutorOptimize(false);
        PtNDArray out =
            (PtNDArray) IValueUtils.forward(module, new NDList(inputs), true).singletonOrThrow();
        PtNDArray fit = script.record(step, "fit", out, y, mask);
        JniUtils.backward(fit, step.full(1), false, false);
        JniUtils.setGradMode(false);
        PtNDArray[] slopes = new PtNDArray[parameters.length];
        for (int i = 0; i < slopes.length; i++) {
          slopes[i] = parameters[i].getGradient();
          slopes[i].attach(step.manager());
        }
        script.tensors(step, "collect", slopes, grad, (long) m);
        for (PtNDArray parameter : parameters) {
          JniUtils.zeroGrad(parameter);
        }
        outputs.add(out.stopGradient());
      }
    } finally {
      JniUtils.setGraphExecutorOptimize(true);
      JniUtils.setGradMode(before);
    }
    return (PtNDArray) NDArrays.stack(outputs);
  }

  @Override
  public PtNDArray outputs(ScriptModule script, TensorScope call, PtNDArray theta, PtNDArray x) {
    NDList outputs = new NDList();
    PtNDArray inputs = call.copy(x);
    for (int m = 0; m < theta.getShape().get(0); m++) {
      script.tensors(call, "assign", parameters, theta, (long) m);
      outputs.add(IValueUtils.forward(module, new NDList(inputs), false).singletonOrThrow());
    }
    return (PtNDArray) NDArrays.stack(outputs);
  }
}
