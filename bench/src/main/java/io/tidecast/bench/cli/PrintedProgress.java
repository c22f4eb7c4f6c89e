package io.tidecast.bench.cli;

import io.tidecast.bench.Progress;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/** Progress as a bar that is drawn over on a terminal, and as a line for each tenth elsewhere. */
final class PrintedProgress implements Progress {
  private static final long REDRAW_NANOS = 200_000_000;
  private static final int WIDTH = 20;
  private static final int LONGEST_TASK = 34;

  private final PrintWriter out;
  private final boolean terminal;
  private String task = "";
  private long steps = 1;
  private long tenths;
  private long began;
  private long drawn;

  PrintedProgress(PrintWriter out) {
    this(out, Ansi.AUTO.enabled());
  }

  /**
   * @param terminal whether a line can be drawn over
   */
  PrintedProgress(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  @Override
  public void start(String newTask, long newSteps) {
    task = newTask;
    steps = Math.max(newSteps, 1);
    tenths = 0;
    began = System.nanoTime();
    drawn = began;
  }

  @Override
  public void done(long count) {
    long now = Math.min(10 * count / steps, 10);
    if (terminal && System.nanoTime() - drawn > REDRAW_NANOS) {
      draw(count);
    } else if (!terminal && now > tenths) {
      out.printf("%s: %d %%%n", task, 10 * now);
      out.flush();
    }
    tenths = now;
  }

  @Override
  public void end() {
    if (terminal) {
      draw(steps);
      out.println();
      out.flush();
    } else {
      done(steps);
    }
  }

  private void draw(long count) {
    drawn = System.nanoTime();
    double seconds = (drawn - began) / 1e9;
    double left = count == 0 ? 0 : seconds * (steps - count) / count;
    int full = (int) (WIDTH * count / steps);
    String name = task.length() > LONGEST_TASK ? task.substring(0, LONGEST_TASK) : task;
    String bar = "#".repeat(full) + ".".repeat(WIDTH - full);
    long percent = 100 * count / steps;
    out.printf(Locale.ROOT, "\r%-34s %s %3d %% %6.0f s left ", name, bar, percent, Math.ceil(left));
    out.flush();
  }
}
