package io.tidecast.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Free ports on the loopback address. */
final class Ports {
  static final String HOST = "127.0.0.1";

  /*
   * Below the range from which operating systems take the ports of outgoing connections: a server
   * that was stopped must find its port free again, whatever its clients did meanwhile.
   */
  private static final int FIRST = 21_000;
  private static final int LAST = 31_999;
  private static final int ATTEMPTS = 1_000;

  private Ports() {}

  /** Distinct ports that nobody listens on at this moment. */
  static List<Integer> free(int count) {
    List<Integer> found = new ArrayList<>();
    for (int attempt = 0; attempt < ATTEMPTS && found.size() < count; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
      if (!found.contains(port) && isFree(port)) {
        found.add(port);
      }
    }
    if (found.size() < count) {
      throw new PlatformException(
          "no %d free ports found on %s between %d and %d".formatted(count, HOST, FIRST, LAST));
    }
    return found;
  }

  static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(address(port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
