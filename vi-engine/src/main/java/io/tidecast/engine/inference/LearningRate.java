package io.tidecast.engine.inference;

/**
 * Learning rate of the means after t steps: {@code base + extra exp(-t / decay)}.
 *
 * @param base rate in the long run
 * @param extra additional rate at the start
 * @param decay steps after which the additional rate has fallen to 1/e
 */
public record LearningRate(double base, double extra, double decay) {
  public LearningRate {
    if (!(base >= 0) || !(extra >= 0) || !(decay > 0)) {
      throw new IllegalArgumentException(
          "learning rate: expected base >= 0, extra >= 0, decay > 0, got %s, %s, %s"
              .formatted(base, extra, decay));
    }
  }

  public static LearningRate constant(double rate) {
    return new LearningRate(rate, 0, 1);
  }

  double at(long step) {
    return base + extra * Math.exp(-(double) step / decay);
  }

  double[] numbers() {
    return new double[] {base, extra, decay};
  }

  static LearningRate of(double[] numbers) {
    return new LearningRate(numbers[0], numbers[1], numbers[2]);
  }
}
