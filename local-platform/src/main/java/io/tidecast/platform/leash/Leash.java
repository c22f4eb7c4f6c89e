package io.tidecast.platform.leash;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Ends this process when its parent ends. The parent holds the other end of standard input; the
 * operating system closes it however the parent dies, SIGKILL included.
 */
final class Leash {
  private static final long MILLIS_TO_SHUT_DOWN = 10_000;

  private Leash() {}

  /** Puts this process on the leash; returns at once. */
  static void fasten() {
    daemon("leash", Leash::awaitEndOfParent);
    ignore("INT");
    ignore("HUP");
  }

  private static void awaitEndOfParent() {
    try {
      while (System.in.read() >= 0) {}
    } catch (IOException e) {
      System.err.println("standard input broke, ending as if the parent had ended: " + e);
    }
    daemon("leash-halt", Leash::haltAfterPatience);
    System.exit(0);
  }

  private static void haltAfterPatience() {
    try {
      Thread.sleep(MILLIS_TO_SHUT_DOWN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(1);
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * A terminal sends Ctrl-C to children too, but the parent still needs its broker to finish: only
   * the parent decides. By reflection, since {@code sun.misc} is not part of Java's API.
   */
  private static void ignore(String signalName) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object nothing =
          Proxy.newProxyInstance(
              Leash.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, args) -> null);
      Method handle = signal.getMethod("handle", signal, handler);
      handle.invoke(null, signal.getConstructor(String.class).newInstance(signalName), nothing);
    } catch (ReflectiveOperationException e) {
      System.err.printf("signal %s is not ignored: %s%n", signalName, e);
    }
  }
}
