package io.tidecast.app.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidecast.app.cli.CommandRun;
import io.tidecast.platform.LocalPlatform;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Commands typed at a platform. */
final class Typed {
  private Typed() {}

  static CommandRun at(LocalPlatform platform, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--bootstrap-server", platform.bootstrapServers()));
    all.addAll(List.of("--registry", platform.registryUrl()));
    return CommandRun.of(all.toArray(String[]::new));
  }

  /** The same, with an answer at the keyboard. */
  static CommandRun answering(String answer, LocalPlatform platform, String... args) {
    InputStream terminal = System.in;
    System.setIn(new ByteArrayInputStream(answer.getBytes(UTF_8)));
    try {
      return at(platform, args);
    } finally {
      System.setIn(terminal);
    }
  }
}
