package io.tidecast.engine.network;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;

/**
 * A network as a line of text, e.g. {@code mlp(hidden=64, skip=linear)}.
 *
 * <p>{@link #parse} reads the line, {@link Object#toString} prints it back with every option
 * spelled out and in a fixed order, {@link #hash} goes into the model version.
 */
public sealed interface NetworkSpec
    permits Mlp, Gru, PatchTransformer, Convolution, VisionTransformer, ScriptedModule {

  /**
   * Reads a specification.
   *
   * @throws IllegalArgumentException naming the faulty option, its value and what is allowed
   */
  static NetworkSpec parse(String text) {
    SpecText spec = SpecText.parse(text);
    return switch (spec.kind()) {
      case "linear" -> {
        spec.allowOnly();
        yield new Mlp(List.of(), Activation.RELU, true);
      }
      case "mlp" -> Mlp.of(spec);
      case "gru" -> Gru.of(spec);
      case "patch" -> PatchTransformer.of(spec);
      case "conv" -> Convolution.of(spec);
      case "vit" -> VisionTransformer.of(spec);
      case "module" -> ScriptedModule.of(spec);
      default ->
          throw new IllegalArgumentException(
              "network '%s': unknown kind '%s', known are linear, mlp, gru, patch, conv, vit, module"
                  .formatted(text, spec.kind()));
    };
  }

  /** The weights that this network has, in the order in which they lie in the weight vector. */
  List<ParameterBlock> parameters(int inputs, int outputs, int locations);

  /**
   * TorchScript method {@code network} (forward) for M weight draws at once. Where {@link
   * #handwrittenGradients}, also {@code room(weights, slopes, x, y, mask)}: what a pass over a
   * batch of this size works in, and {@code gradients(room)} (forward and backward). Weights and
   * their gradients are lists of views [M, rows, columns].
   */
  String script(int inputs, int outputs, int locations);

  /** Whether the script has a backward pass of its own; otherwise autograd makes it. */
  default boolean handwrittenGradients() {
    return false;
  }

  /**
   * How many normals one draw of a row's outputs takes where the script can draw the sums of the
   * layers instead of the weights, whose posterior must then be independent: TorchScript methods
   * {@code room_of_sums(mean, variance, x, normals)} and {@code sums(room)}. Empty where it cannot.
   */
  default OptionalInt sums(int outputs) {
    return OptionalInt.empty();
  }

  /** First 12 hexadecimal digits of the SHA-256 of the canonical text. */
  default String hash() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
