package io.tidecast.engine.inference;

/** Where the standard normals of the weight draws come from. */
public enum Noise {
  /**
   * A window, at an offset drawn per step, of a pool of a million normals made once from the seed.
   * Each weight sees independent draws from the pool over time; two weights are correlated by about
   * 0.001, far below what averaging over the posterior's memory resolves. Saves a quarter of a
   * small network's step. Larger draws than {@value #LARGEST_WINDOW} numbers are made fresh.
   */
  POOLED,
  /** New normals in every step. */
  FRESH;

  static final int POOL = 1 << 20;

  /** Most normals that a step takes from the pool. */
  public static final int LARGEST_WINDOW = 1 << 18;
}
