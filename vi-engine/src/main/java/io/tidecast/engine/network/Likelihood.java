package io.tidecast.engine.network;

import io.tidecast.engine.predict.Density;
import java.util.Optional;

/** What the network's outputs mean: the density of the targets, in nats. */
public sealed interface Likelihood
    permits StudentT, LearnedStudentT, Gaussian, NegativeBinomial, Categorical {

  /** Student-t with 5 degrees of freedom, which shrugs off spikes of 30 sd (inference.md). */
  static Likelihood studentT() {
    return new StudentT(5);
  }

  /** Number of network outputs for this many targets per row. */
  int outputs(int targets);

  /** How many outputs, the first ones, a linear skip path adds to. */
  default int locations(int targets) {
    return targets;
  }

  /**
   * Where the bias of an output starts.
   *
   * @param output index of the output
   * @param outputs number of outputs
   */
  double initialBias(int output, int outputs);

  /**
   * Whether the score of one target is bounded, however far out it lies; where it is not, spikes of
   * the gradient are clipped.
   */
  boolean boundedScore();

  /**
   * TorchScript methods {@code log_likelihood} [M, B, H] (nats times mask) of outputs [M, B,
   * outputs], targets [B, H] and mask [B, H]; {@code likelihood_room}: what the gradient works in,
   * made once from arrays for the outputs and their gradients; {@code likelihood_gradient(room, y,
   * mask)}, which fills the latter; and {@code describe}: the density's parameters, each [M, B, H].
   */
  String script(int targets);

  /**
   * TorchScript method {@code sample(out, seed)}: targets drawn from the density, [M, B, H]. Uses
   * {@code describe} and the random numbers of the posterior's script.
   */
  String samplingScript();

  /** The density of one target for given parameters; empty where targets are classes. */
  Optional<Density> density();
}
