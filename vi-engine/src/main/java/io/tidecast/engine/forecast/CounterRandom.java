package io.tidecast.engine.forecast;

/**
 * Random numbers that are a function of a seed and a counter (SplitMix64: Steele, Lea and Flood
 * 2014), so that the state of the generator is one number.
 */
final class CounterRandom {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final long seed;
  private long counter;

  CounterRandom(long seed, long counter) {
    this.seed = seed;
    this.counter = counter;
  }

  long counter() {
    return counter;
  }

  private long nextLong() {
    long z = seed + GOLDEN * ++counter;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** A number in 0..bound-1. */
  int below(int bound) {
    return (int) Math.floorMod(nextLong() >>> 1, (long) bound);
  }
}
