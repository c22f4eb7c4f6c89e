package io.tidecast.bench.speed;

import io.tidecast.engine.network.Activation;
import io.tidecast.engine.network.Mlp;
import java.util.ArrayList;
import java.util.List;

/**
 * A size to measure at.
 *
 * @param hidden widths of the hidden layers
 * @param batch rows B
 * @param draws weight draws M
 */
record Point(List<Integer> hidden, int batch, int draws) {
  static final int INPUTS = 96;
  static final int TARGETS = 24;

  /** About 12k, 103k, 1M and 10M weights. */
  static List<Point> all() {
    List<Point> points = new ArrayList<>();
    for (int draws : new int[] {2, 8}) {
      points.add(new Point(List.of(64), 56, draws));
      points.add(new Point(List.of(256, 256), 128, draws));
      points.add(new Point(List.of(930, 930), 128, draws));
      points.add(new Point(List.of(3080, 3080), 32, draws));
    }
    return points;
  }

  Mlp network() {
    return new Mlp(hidden, Activation.RELU, true);
  }
}
