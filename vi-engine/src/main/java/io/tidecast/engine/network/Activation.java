package io.tidecast.engine.network;

import java.util.Arrays;
import java.util.Locale;

/** Nonlinearity of the hidden layers. */
public enum Activation {
  RELU("torch.relu_(%s)", "torch.threshold_backward(%1$s, %2$s, 0, grad_input=%1$s)"),
  TANH("torch.tanh_(%s)", "torch.tanh_backward(%1$s, %2$s, grad_input=%1$s)");

  private final String forward;
  private final String backward;

  Activation(String forward, String backward) {
    this.forward = forward;
    this.backward = backward;
  }

  /** TorchScript: the activation of {@code x}, overwriting it. */
  String forward(String x) {
    return forward.formatted(x);
  }

  /**
   * TorchScript: the gradient before the activation, overwriting that after it; from its output.
   */
  String backward(String gradient, String output) {
    return backward.formatted(gradient, output);
  }

  static Activation parse(String text) {
    return Arrays.stream(values())
        .filter(a -> a.toString().equals(text))
        .findAny()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "activation: expected one of "
                        + Arrays.toString(values())
                        + ", got '"
                        + text
                        + "'"));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
