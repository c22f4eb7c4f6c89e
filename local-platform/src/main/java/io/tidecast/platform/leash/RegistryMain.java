package io.tidecast.platform.leash;

import java.util.Arrays;

/** The registry server on a leash. */
public final class RegistryMain {
  private RegistryMain() {}

  /**
   * @param args the server's own main class, then its arguments
   */
  public static void main(String[] args) throws ReflectiveOperationException {
    Leash.fasten();
    String[] rest = Arrays.copyOfRange(args, 1, args.length);
    Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
  }
}
