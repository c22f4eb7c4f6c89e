package io.tidecast.bench.speed;

import ai.djl.pytorch.engine.PtNDArray;
import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.ScriptModule;
import io.tidecast.engine.device.ScriptText;
import io.tidecast.engine.device.TensorScope;
import java.util.ArrayList;
import java.util.List;

/**
 * What a step or a prediction cannot do without, measured on this machine in the same run: the
 * matrix products of forward and backward pass, the bytes of state, draws and gradients once each
 * way, M / 2 normals per weight.
 */
final class Floor {
  private static final int STEP_PASSES = 5;
  private final ComputeDevice device;
  private final Stopwatch watch;

  Floor(ComputeDevice device, Stopwatch watch) {
    this.device = device;
    this.watch = watch;
  }

  /** Milliseconds of a learning step's floor. */
  double step(Point point, int parameters) {
    try (TensorScope scope = device.newScope();
        ScriptModule script =
            ScriptModule.compile(scope, ScriptText.resource(Floor.class, "floor.py"))) {
      int m = point.draws();
      PtNDArray eps = scope.zeros(m / 2, parameters);
      double normals =
          watch.median(
              () -> {
                try (TensorScope call = device.newScope()) {
                  script.tensors(call, "normals", eps, 7L);
                }
              });
      return normals
          + traffic(scope, script, parameters, STEP_PASSES + m)
          + products(scope, script, point);
    }
  }

  private double traffic(TensorScope scope, ScriptModule script, int parameters, int copies) {
    PtNDArray source = scope.zeros(parameters);
    PtNDArray target = scope.zeros(parameters);
    return copies
        * watch.median(
            () -> {
              try (TensorScope call = device.newScope()) {
                script.tensors(call, "traffic", source, target);
              }
            });
  }

  private double products(TensorScope scope, ScriptModule script, Point point) {
    List<Integer> widths = new ArrayList<>();
    widths.add(Point.INPUTS);
    widths.addAll(point.hidden());
    widths.add(2 * Point.TARGETS);
    int layers = widths.size() - 1;
    int m = point.draws();
    int b = point.batch();
    PtNDArray[] inputs = new PtNDArray[layers];
    PtNDArray[] deltas = new PtNDArray[layers];
    PtNDArray[] weights = new PtNDArray[layers];
    PtNDArray[] slopes = new PtNDArray[layers];
    PtNDArray[] outs = new PtNDArray[layers];
    PtNDArray[] backs = new PtNDArray[layers];
    for (int i = 0; i < layers; i++) {
      int in = widths.get(i);
      int out = widths.get(i + 1);
      inputs[i] = scope.full(.1f, m, b, in);
      deltas[i] = scope.full(.1f, m, b, out);
      weights[i] = scope.full(.1f, m, in, out);
      slopes[i] = scope.zeros(m, in, out);
      outs[i] = scope.zeros(m, b, out);
      backs[i] = scope.zeros(m, b, in);
    }
    return watch.median(
        () -> {
          try (TensorScope call = device.newScope()) {
            script.tensors(call, "products", inputs, deltas, weights, slopes, outs, backs);
          }
        });
  }
}
