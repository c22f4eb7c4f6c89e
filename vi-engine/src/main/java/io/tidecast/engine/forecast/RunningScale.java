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

  private long steps;
  private double level;
  private double deviation;

  RunningScale() {}

  private RunningScale(long steps, double level, double deviation) {
    this.steps = steps;
    this.level = level;
    this.deviation = deviation;
  }

  /** One step of the grid on which the series was measured. */
  void observe(double value) {
    steps++;
    if (steps == 1) {
      level = value;
    }
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

  StateWriter save() {
    return new StateWriter(KIND, 1)
        .putLong("steps", steps)
        .putDouble("level", level)
        .putDouble("deviation", deviation);
  }

  static RunningScale restored(StateReader in) {
    return new RunningScale(in.getLong("steps"), in.getDouble("level"), in.getDouble("deviation"));
  }
}
