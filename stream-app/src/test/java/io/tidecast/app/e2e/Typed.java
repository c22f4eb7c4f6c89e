package io.tidecast.app.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidecast.app.Tidecast;
import io.tidecast.platform.LocalPlatform;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/** What a command typed at a platform has answered. */
record Typed(int code, String out, String err) {

  static Typed at(LocalPlatform platform, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--bootstrap-server", platform.bootstrapServers()));
    all.addAll(List.of("--registry", platform.registryUrl()));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Tidecast.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(all.toArray(String[]::new));
    return new Typed(code, out.toString(), err.toString());
  }

  /** The same, with an answer at the keyboard. */
  static Typed answering(String answer, LocalPlatform platform, String... args) {
    InputStream terminal = System.in;
    System.setIn(new ByteArrayInputStream(answer.getBytes(UTF_8)));
    try {
      return at(platform, args);
    } finally {
      System.setIn(terminal);
    }
  }
}
