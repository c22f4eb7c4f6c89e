package io.tidecast.app.cli;

import io.tidecast.app.Tidecast;
import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * A command as it ended.
 *
 * @param code exit code
 * @param out what it wrote for its user
 * @param err what it complained of
 */
public record CommandRun(int code, String out, String err) {
  /** Runs the real command line in this process. */
  public static CommandRun of(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Tidecast.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(args);
    return new CommandRun(code, out.toString(), err.toString());
  }
}
