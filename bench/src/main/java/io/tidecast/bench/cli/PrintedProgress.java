package io.tidecast.bench.cli;

import io.tidecast.bench.forecasting.Progress;
import java.io.PrintWriter;

/** Progress as a line for each tenth of a task. */
final class PrintedProgress implements Progress {
  private final PrintWriter out;
  private String task = "";
  private long steps = 1;
  private long tenths;

  PrintedProgress(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void start(String newTask, long newSteps) {
    task = newTask;
    steps = Math.max(newSteps, 1);
    tenths = 0;
  }

  @Override
  public void done(long count) {
    long now = Math.min(10 * count / steps, 10);
    if (now > tenths) {
      tenths = now;
      out.printf("%s: %d %%%n", task, 10 * now);
      out.flush();
    }
  }

  @Override
  public void end() {
    done(steps);
  }
}
