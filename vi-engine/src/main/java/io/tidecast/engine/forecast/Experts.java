package io.tidecast.engine.forecast;

/** The experts of a pool, by their place in its weights. */
final class Experts {
  static final int LAST_VALUE = 0;
  static final int SEASONAL_NAIVE = 1;
  static final int LINEAR = 2;
  static final int NETWORK = 3;
  static final int COUNT = 4;

  private Experts() {}

  static String[] names() {
    return new String[] {"last-value", "seasonal-naive", "rls", "network"};
  }
}
