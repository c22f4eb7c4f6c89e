package io.tidecast.engine.forecast;

import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;

/**
 * Level and spread of a series over about its last 500 steps: {@code s += f (|y - mu| - s)}, {@code
 * mu += f (y - mu)}, {@code f = 1 / min(n, 500)}; the scale is {@code 1.25 s}, which for normal
 * values is their standard deviation.
 */
final class RunningScale {
  static final String KIND = "running-scale";

  private static final int MEMORY = 500;
  private static final double TO_STANDARD_DEVIATION = 1.25;

  /** Below this share of the level a spread is rounding noise of doubles. */
  private static final double RELATIVE_FLOOR = 1e-9;

  private static final double ABSOLUTE_FLOOR = 1e-150;

  private static final double SMALLEST_MOVEMENT = 1e-3;
  private static final int MOVEMENT_MEMORY = 100;

  private long steps;
  private double level;
  private double deviation;
  private double movement;
  private double last;

  RunningScale() {}

  /** One step of the grid on which the series was measured. */
  void observe(double value) {
    steps++;
    if (steps == 1) {
      level = value;
      last = value;
    }
    double g = 1.0 / Math.min(steps, MOVEMENT_MEMORY);
    movement += g * (Math.abs(value - last) - movement);
    last = value;
    double f = 1.0 / Math.min(steps, MEMORY);
    deviation += f * (Math.abs(value - level) - deviation);
    level += f * (value - level);
  }

  /** One step of the grid on which it was not. */
  void skip() {
    if (steps > 0) {
      steps++;
    }
  }

  double level() {
    return level;
  }

  /** Spread of the series, in its unit; positive. */
  double scale() {
    return Math.max(
        TO_STANDARD_DEVIATION * deviation,
        Math.max(RELATIVE_FLOOR * Math.abs(level), ABSOLUTE_FLOOR));
  }

  /** Usual size of a step of the series over its scale; positive. */
  double movement() {
    return Math.max(movement / scale(), SMALLEST_MOVEMENT);
  }

  StateWriter save() {
    return new StateWriter(KIND, 1)
        .putLong("steps", steps)
        .putDouble("level", level)
        .putDouble("deviation", deviation)
        .putDouble("movement", movement)
        .putDouble("last", last);
  }

  static RunningScale restored(StateReader in) {
    RunningScale scale = new RunningScale();
    scale.steps = in.getLong("steps");
    scale.level = in.getDouble("level");
    scale.deviation = in.getDouble("deviation");
    scale.movement = in.getDouble("movement");
    scale.last = in.getDouble("last");
    return scale;
  }
}
