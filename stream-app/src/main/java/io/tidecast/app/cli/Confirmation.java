package io.tidecast.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidecast.app.UserException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/** Asks before what cannot be taken back. */
final class Confirmation {
  private Confirmation() {}

  /**
   * Asks; anything but a yes is a no.
   *
   * @throws UserException if nobody is there to answer
   */
  static boolean ask(CommandSpec command, String question) {
    PrintWriter out = command.commandLine().getOut();
    out.printf("%s [y/N] ", question);
    out.flush();
    try {
      String answer = new BufferedReader(new InputStreamReader(System.in, UTF_8)).readLine();
      if (answer == null) {
        throw new UserException(
            "%s: nobody answered; say --yes in scripts".formatted(command.qualifiedName()));
      }
      return answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the answer", e);
    }
  }
}
