package io.tidecast.engine.device;

/** Where the learner computes. */
public enum DeviceChoice {
  /** The processor, reproducible to the bit for the same number of threads. */
  CPU,
  /** The first CUDA device. */
  GPU,
  /** The first CUDA device if there is one, the processor otherwise. */
  AUTO
}
