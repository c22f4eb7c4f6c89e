package io.tidecast.bench.cli;

import io.tidecast.bench.supervised.LabelledResult;
import java.util.Locale;

/** One result of labelled samples as a line of text. */
final class LabelledLine {
  private LabelledLine() {}

  static String of(LabelledResult result) {
    if (result instanceof LabelledResult.Classes c) {
      return String.format(
          Locale.ROOT,
          "%-16s %-20s n %7d  accuracy %.4f  log loss %.4f  Brier %.4f  calibration error %.4f"
              + "  set coverage %.3f  %,.0f samples/s",
          c.dataset(),
          c.model(),
          c.n(),
          c.accuracy(),
          c.logLoss(),
          c.brier(),
          c.ece(),
          c.setCoverage(),
          c.samplesPerSecond());
    }
    LabelledResult.Values v = (LabelledResult.Values) result;
    return String.format(
        Locale.ROOT,
        "%-16s %-20s n %7d  RMSE %.4f  CRPS %.4f  90 %% band holds %.3f  %,.0f samples/s",
        v.dataset(),
        v.model(),
        v.n(),
        v.rmse(),
        v.crps(),
        v.cov90(),
        v.samplesPerSecond());
  }
}
