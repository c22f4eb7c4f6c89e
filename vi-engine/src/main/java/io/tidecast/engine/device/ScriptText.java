package io.tidecast.engine.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** TorchScript source: resources read, numbers printed. */
public final class ScriptText {
  private ScriptText() {}

  /**
   * The source kept beside a class.
   *
   * @param name file name of a resource in the package of {@code owner}
   */
  public static String resource(Class<?> owner, String name) {
    try (InputStream in = owner.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name + " beside " + owner.getName());
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A float literal that reads back as this double. */
  public static String number(double value) {
    return String.format(Locale.ROOT, "%.16e", value);
  }
}
