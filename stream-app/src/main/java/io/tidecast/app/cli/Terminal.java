package io.tidecast.app.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.List;

/**
 * Prints for people: stages with the time they took, and lines that are drawn over on a real
 * terminal.
 */
final class Terminal {
  private static final String UP_AND_CLEAR = "\u001b[1A\u001b[2K";

  private static final int STANDARD_COLUMNS = 80;

  private final PrintWriter out;
  private final boolean interactive;
  private final long began = System.nanoTime();
  private final int columns = columns();
  private int drawn;

  Terminal(PrintWriter out) {
    this.out = out;
    this.interactive = isTerminal();
  }

  /** From Java 22 on there is a console even where output is redirected, so it is asked. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    Console console = System.console();
    String kind = System.getenv("TERM");
    if (console == null || kind == null || kind.equals("dumb")) {
      return false;
    }
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /** Whether lines can be drawn over. */
  boolean isInteractive() {
    return interactive;
  }

  /** Prints a line with the seconds since the start. */
  void stage(String text) {
    drawn = 0;
    out.printf("%6.1f s  %s%n", (System.nanoTime() - began) / 1e9, text);
    out.flush();
  }

  /** Prints lines in place of those drawn last. */
  void draw(List<String> lines) {
    if (interactive) {
      out.print(UP_AND_CLEAR.repeat(drawn));
      lines.forEach(line -> out.println(fitted(line)));
    } else {
      lines.forEach(out::println);
    }
    out.flush();
    drawn = lines.size();
  }

  /** A line that wrapped could not be drawn over. */
  private String fitted(String line) {
    return line.length() < columns ? line : line.substring(0, columns - 2) + "…";
  }

  private static int columns() {
    String columns = System.getenv("COLUMNS");
    return columns != null && columns.matches("\\d{2,4}")
        ? Integer.parseInt(columns)
        : STANDARD_COLUMNS;
  }
}
