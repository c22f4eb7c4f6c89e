package io.tidecast.engine.network;

import java.nio.file.Path;
import java.util.List;

/**
 * Any TorchScript module that was exported from PyTorch: its parameters become the weight vector
 * and start from the exported values. Its {@code forward} takes inputs [B, d] and returns outputs
 * [B, outputs]. Text: {@code module(path=model.pt)}.
 *
 * <p>Costs one forward and one backward pass per weight draw. The parameters themselves are known
 * only when the file has been read, see the engine's inference package.
 *
 * @param path the exported file
 */
public record ScriptedModule(Path path) implements NetworkSpec {
  static ScriptedModule of(SpecText spec) {
    spec.allowOnly("path");
    return new ScriptedModule(Path.of(spec.option("path", "model.pt")));
  }

  @Override
  public String toString() {
    return "module(path=%s)".formatted(path);
  }

  @Override
  public List<ParameterBlock> parameters(int inputs, int outputs, int locations) {
    throw new UnsupportedOperationException("the parameters of " + this + " are in its file");
  }

  /** The network itself is in the file. */
  @Override
  public String script(int inputs, int outputs, int locations) {
    return "";
  }
}
