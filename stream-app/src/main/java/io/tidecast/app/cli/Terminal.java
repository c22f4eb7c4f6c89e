package io.tidecast.app.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.Help.Ansi;

/**
 * Prints for people: stages with the time they took, and lines that are drawn over on a real
 * terminal.
 */
final class Terminal {
  private static final String UP_AND_CLEAR = "\u001b[1A\u001b[2K";

  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

  private static final int STANDARD_COLUMNS = 80;

  /** What a word says, for its colour. */
  enum Tone {
    GOOD("green"),
    WARNING("yellow"),
    BAD("bold,red"),
    FAINT("faint");

    private final String style;

    Tone(String style) {
      this.style = style;
    }
  }

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

  /** In colour on a terminal; plain elsewhere, and where NO_COLOR is set. */
  static String toned(Tone tone, String text) {
    if (!Ansi.AUTO.enabled()) {
      return text;
    }
    Ansi.IStyle[] styles = Ansi.Style.parse(tone.style);
    return Ansi.Style.on(styles) + text + Ansi.Style.off(styles);
  }

  /** Whoever writes a record must not write to the terminal. */
  static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", ".");
  }

  /** Whether lines can be drawn over. */
  boolean isInteractive() {
    return interactive;
  }

  /** Prints a line with the seconds since the start. */
  void stage(String text) {
    drawn = 0;
    String seconds = String.format(Locale.ROOT, "%6.1f s", (System.nanoTime() - began) / 1e9);
    out.printf("%s  %s%n", toned(Tone.FAINT, seconds), text);
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
    String plain = COLOUR.matcher(line).replaceAll("");
    return plain.length() < columns ? line : plain.substring(0, columns - 2) + "…";
  }

  private static int columns() {
    String columns = System.getenv("COLUMNS");
    return columns != null && columns.matches("\\d{2,4}")
        ? Integer.parseInt(columns)
        : STANDARD_COLUMNS;
  }
}
