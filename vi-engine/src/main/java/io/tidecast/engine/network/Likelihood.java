package io.tidecast.engine.network;

/** What the network's outputs mean: the density of the targets, in nats. */
public sealed interface Likelihood permits StudentT {

  /** Student-t with 5 degrees of freedom, which shrugs off spikes of 30 sd (inference.md). */
  static Likelihood studentT() {
    return new StudentT(5);
  }

  /** Number of network outputs for this many targets per row. */
  int outputs(int targets);

  /**
   * TorchScript methods {@code log_likelihood} [M, B, H] (nats times mask), {@code
   * likelihood_gradient} [M, B, outputs] and {@code describe}, of outputs [M, B, outputs], targets
   * [B, H] and mask [B, H].
   */
  String script(int targets);

  /**
   * Where the bias of an output starts.
   *
   * @param output index of the output
   * @param outputs number of outputs
   */
  double initialBias(int output, int outputs);
}
