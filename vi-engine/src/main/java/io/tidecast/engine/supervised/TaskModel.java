package io.tidecast.engine.supervised;

import io.tidecast.engine.state.StateReader;
import io.tidecast.engine.state.StateWriter;

/** The pool of experts for one kind of label, with what is learned about their worth. */
sealed interface TaskModel permits ClassPool, ValuePool {
  /**
   * Predicts a sample and leaves in it what {@link #learn} needs.
   *
   * @param x network inputs, those of the sample from {@code at} on
   * @param view what the network says about the sample
   */
  SampleOutput predict(OpenSample sample, float[] x, int at, NetworkView view, Version version);

  /**
   * Scores the prediction of a sample and learns from its label.
   *
   * @param x network inputs, those of the sample from {@code at} on
   */
  SampleOutput learn(OpenSample sample, float[] x, int at, double label);

  /** The network's loss on the newest label, for the drift rule; about 1 or less at peace. */
  double networkLoss();

  /** Shows a label to the running scale of the targets, before anything else learns from it. */
  void reveal(double label);

  /** The label in the network's terms: class index, or deviations of the target. */
  double code(double label);

  StateWriter save();

  void restore(StateReader in);

  String kind();

  /** Version of the state that is written, the newest that is read. */
  int version();

  /**
   * The model that speaks.
   *
   * @param epoch raised when a model starts afresh
   * @param step learning steps so far
   */
  record Version(long epoch, long step) {}
}
