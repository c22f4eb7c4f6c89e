package io.tidecast.bench.speed;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.device.DeviceChoice;
import io.tidecast.engine.device.ScriptModule;
import io.tidecast.engine.device.ScriptText;
import io.tidecast.engine.device.TensorScope;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What a step cannot do without: the matrix products of forward and backward pass, the bytes of
 * state, draws and gradients once each way, M / 2 normals per weight; and an empty call, which each
 * of these includes. Beside predictions: one forward pass, with one draw of the weights, of as many
 * rows as a prediction's draws see together.
 */
public class FloorBenchmarks {
  /** Arrays [P] of the state that a step reads and writes. */
  private static final int STATE = 5;

  /** Room of the size of a point. JMH fills the fields and calls {@code open} first. */
  @State(Scope.Thread)
  @SuppressWarnings("NullAway.Init")
  public static class Room {
    @Param("96:64:56:2")
    public String point;

    @Param("CPU")
    public DeviceChoice device;

    private ComputeDevice opened;
    private TensorScope scope;
    private ScriptModule script;
    private PtNDArray[][] products;
    private PtNDArray[] sources;
    private PtNDArray[] targets;
    private PtNDArray normals;
    private PtNDArray rows;
    private PtNDArray[] weights;
    private PtNDArray[] biases;

    @Setup
    public void open() {
      Point at = Point.parse(point);
      opened = ComputeDevice.open(device, device == DeviceChoice.GPU);
      scope = opened.newScope();
      script = ScriptModule.compile(scope, ScriptText.resource(FloorBenchmarks.class, "floor.py"));
      int m = at.draws();
      int b = at.batch();
      List<int[]> shapes = at.products();
      products = new PtNDArray[6][shapes.size()];
      for (int i = 0; i < shapes.size(); i++) {
        int in = shapes.get(i)[0];
        int out = shapes.get(i)[1];
        products[0][i] = scope.full(.1f, m, b, in);
        products[1][i] = scope.full(.1f, m, b, out);
        products[2][i] = scope.full(.1f, m, in, out);
        products[3][i] = scope.zeros(m, in, out);
        products[4][i] = scope.zeros(m, b, out);
        // what depends on the inputs alone has no gradient further back
        boolean first = i == 0 || i == shapes.size() - 1;
        products[5][i] = first ? scope.zeros(0) : scope.zeros(m, b, in);
      }
      sources = new PtNDArray[STATE + m];
      targets = new PtNDArray[STATE + m];
      for (int i = 0; i < sources.length; i++) {
        sources[i] = scope.full(1, at.parameters());
        targets[i] = scope.zeros(at.parameters());
      }
      normals = scope.zeros(m / 2, at.parameters());
      rows = scope.full(.1f, (long) NetworkBenchmarks.PREDICTION_DRAWS * b, at.inputs());
      weights = new PtNDArray[shapes.size()];
      biases = new PtNDArray[shapes.size() - 1];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = scope.full(.1f, shapes.get(i)[0], shapes.get(i)[1]);
        if (i < biases.length) {
          biases[i] = scope.zeros(shapes.get(i)[1]);
        }
      }
    }

    @TearDown
    public void close() {
      script.close();
      scope.close();
      opened.close();
    }

    private int run(String method, Object... arguments) {
      try (TensorScope call = opened.newScope()) {
        NDList result = script.tensors(call, method, arguments);
        return result.size();
      }
    }
  }

  @Benchmark
  public int products(Room at) {
    PtNDArray[][] p = at.products;
    return at.run("products", p[0], p[1], p[2], p[3], p[4], p[5]);
  }

  @Benchmark
  public int bytes(Room at) {
    return at.run("traffic", at.sources, at.targets);
  }

  @Benchmark
  public int normals(Room at) {
    return at.run("normals", at.normals, 7L);
  }

  @Benchmark
  public int forward(Room at) {
    return at.run("forward", at.rows, at.weights, at.biases);
  }

  @Benchmark
  public int call(Room at) {
    return at.run("nothing", at.normals);
  }
}
