package io.tidecast.app.http;

import io.javalin.http.Context;
import io.tidecast.app.config.HttpConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;

/** Who may ask, and what a browser may do with the answer. */
final class Access {
  private static final String BEARER = "Bearer ";

  /** Nothing from elsewhere, nothing inline, in no frame. */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Optional<byte[]> token;
  private final boolean onlyThisMachine;

  Access(HttpConfig config) {
    token = config.token().map(t -> t.getBytes(StandardCharsets.UTF_8));
    onlyThisMachine = isLoopback(config.host());
  }

  static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  void secure(Context ctx) {
    ctx.header("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    ctx.header("X-Content-Type-Options", "nosniff");
    ctx.header("Referrer-Policy", "no-referrer");
    ctx.header("Cross-Origin-Resource-Policy", "same-origin");
    ctx.header("Cross-Origin-Opener-Policy", "same-origin");
    ctx.header("Cache-Control", "no-store");
  }

  /**
   * Refuses a web page elsewhere that had its own name point to this machine, so that the browser
   * takes us for a part of it.
   */
  void checkHost(Context ctx) {
    if (!onlyThisMachine || token.isPresent()) {
      return;
    }
    String host = Optional.ofNullable(ctx.header("Host")).orElse("");
    String name = host.replaceFirst(":\\d*$", "");
    if (!THIS_MACHINE.contains(name)) {
      throw new ApiException(
          403,
          "this service answers to localhost only; to reach it by another name set http.host, and"
              + " http.token");
    }
  }

  void checkToken(Context ctx) {
    if (token.isEmpty()) {
      return;
    }
    String given = Optional.ofNullable(ctx.header("Authorization")).orElse("");
    byte[] told =
        (given.startsWith(BEARER) ? given.substring(BEARER.length()) : "")
            .getBytes(StandardCharsets.UTF_8);
    // Takes equally long wherever the first difference is.
    if (!MessageDigest.isEqual(told, token.get())) {
      ctx.header("WWW-Authenticate", "Bearer");
      throw new ApiException(
          401, "this service asks for its token: send 'Authorization: Bearer TOKEN' (http.token)");
    }
  }
}
