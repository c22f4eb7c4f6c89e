package io.tidecast.bench.speed;

import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.inference.BayesianNetwork;
import io.tidecast.engine.inference.LearningSettings;
import io.tidecast.engine.inference.MiniBatch;
import io.tidecast.engine.inference.Noise;
import io.tidecast.engine.network.Activation;
import io.tidecast.engine.network.Likelihood;
import io.tidecast.engine.network.Mlp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A size to measure at, as text for a forked process: {@code inputs:hidden,hidden:batch:draws}.
 *
 * @param inputs numbers d per row
 * @param hidden widths of the hidden layers
 * @param batch rows B
 * @param draws weight draws M
 */
record Point(int inputs, List<Integer> hidden, int batch, int draws) {
  static final int TARGETS = 24;

  /** The forecaster's network, then about 12k, 103k, 1M and 10M weights. */
  static List<Point> all() {
    List<Point> points = new ArrayList<>();
    points.add(new Point(130, List.of(64), 16, 2));
    for (int draws : new int[] {2, 8}) {
      points.add(new Point(96, List.of(64), 56, draws));
      points.add(new Point(96, List.of(256, 256), 128, draws));
      points.add(new Point(96, List.of(930, 930), 128, draws));
      points.add(new Point(96, List.of(3080, 3080), 32, draws));
    }
    return points;
  }

  static Point parse(String text) {
    String[] parts = text.split(":", -1);
    return new Point(
        Integer.parseInt(parts[0]),
        Arrays.stream(parts[1].split(",", -1)).map(Integer::valueOf).toList(),
        Integer.parseInt(parts[2]),
        Integer.parseInt(parts[3]));
  }

  @Override
  public String toString() {
    return inputs + ":" + widths() + ":" + batch + ":" + draws;
  }

  /** Hidden widths with commas between them. */
  String widths() {
    return hidden.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /** Inputs and outputs of every product with weights: the layers, then the linear path. */
  List<int[]> products() {
    List<int[]> shapes = new ArrayList<>();
    int in = inputs;
    for (int width : hidden) {
      shapes.add(new int[] {in, width});
      in = width;
    }
    shapes.add(new int[] {in, 2 * TARGETS});
    shapes.add(new int[] {inputs, TARGETS});
    return shapes;
  }

  /** Number P of weights. */
  int parameters() {
    int biases = hidden.stream().mapToInt(Integer::intValue).sum() + 2 * TARGETS;
    return biases + products().stream().mapToInt(s -> s[0] * s[1]).sum();
  }

  /** Whether a step takes its normals from a pool instead of making them. */
  boolean pooled() {
    return draws / 2 * parameters() <= Noise.LARGEST_WINDOW;
  }

  BayesianNetwork network(ComputeDevice device, LearningSettings settings) {
    return BayesianNetwork.create(
        device,
        new Mlp(hidden, Activation.RELU, true),
        Likelihood.studentT(),
        settings,
        inputs,
        TARGETS,
        1);
  }

  /** Random rows. */
  MiniBatch rows(int rows) {
    Random random = new Random(3);
    float[] x = new float[rows * inputs];
    float[] y = new float[rows * TARGETS];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
    }
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) random.nextGaussian();
    }
    return MiniBatch.of(x, y, rows);
  }
}
