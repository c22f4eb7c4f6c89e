package io.tidecast.engine.inference;

/** Counter-based seeds: a fresh generator per step, so there is no generator state to keep. */
final class Seeds {
  static final long LEARN = 1;
  static final long PREDICT = 2;
  static final long POOL = 4;

  private Seeds() {}

  /** SplitMix64 finaliser (Steele, Lea &amp; Flood 2014) over seed, purpose and step. */
  static long of(long seed, long purpose, long step) {
    long z =
        seed * 0x9e3779b97f4a7c15L + purpose * 0xd1b54a32d192ed03L + step * 0x8cb92ba72f3d8dd7L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return (z ^ (z >>> 31)) & Long.MAX_VALUE;
  }
}
