package io.tidecast.bench.forecasting;

import io.tidecast.bench.forecasting.ForecastingBench.SeriesLine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One bar and whether it holds.
 *
 * @param bar what is asked for
 * @param reached the figure that decides
 * @param holds whether it is good enough
 */
public record Verdict(String bar, double reached, boolean holds) {

  /** The bars of docs/evaluation.md over a set of series. */
  static List<Verdict> over(List<SeriesLine> lines) {
    List<Verdict> verdicts = new ArrayList<>();
    double mean = geometricMean(lines, SeriesLine::ratio);
    double worst = worst(lines, SeriesLine::ratio);
    double last = worst(lines, SeriesLine::ratioToLastValue);
    double network = geometricMean(lines, SeriesLine::networkRatio);
    verdicts.add(
        atMost("geometric mean over the better of RLS+ACI and MLP-Adam at most .95", mean, .95));
    verdicts.add(atMost("on the worst series at most 1.01", worst, 1.01));
    verdicts.add(atMost("over last value on the worst series at most 1.00", last, 1));
    verdicts.add(
        atMost("geometric mean of the network alone over MLP-Adam at most .97", network, .97));
    verdicts.add(near("mean coverage of the 50 % band .49 to .51", lines, SeriesLine::cov50, .5));
    verdicts.add(near("mean coverage of the 80 % band .79 to .81", lines, SeriesLine::cov80, .8));
    verdicts.add(near("mean coverage of the 90 % band .89 to .91", lines, SeriesLine::cov90, .9));
    verdicts.add(near("mean coverage of the 95 % band .94 to .96", lines, SeriesLine::cov95, .95));
    double least = lines.stream().mapToDouble(SeriesLine::cov90).min().orElse(Double.NaN);
    double most = worst(lines, SeriesLine::cov90);
    verdicts.add(new Verdict("least 90 % band of a series .88 or more", least, least >= .88));
    verdicts.add(atMost("largest 90 % band of a series .92 or less", most, .92));
    return List.copyOf(verdicts);
  }

  private static Verdict atMost(String bar, double reached, double limit) {
    return new Verdict(bar, reached, reached <= limit);
  }

  private static Verdict near(
      String bar, List<SeriesLine> lines, ToDoubleFunction<SeriesLine> figure, double nominal) {
    double mean = lines.stream().mapToDouble(figure).average().orElse(Double.NaN);
    return new Verdict(bar, mean, Math.abs(mean - nominal) <= .01);
  }

  private static double worst(List<SeriesLine> lines, ToDoubleFunction<SeriesLine> figure) {
    return lines.stream().mapToDouble(figure).max().orElse(Double.NaN);
  }

  static double geometricMean(List<SeriesLine> lines, ToDoubleFunction<SeriesLine> figure) {
    return Math.exp(lines.stream().mapToDouble(figure).map(Math::log).average().orElse(Double.NaN));
  }
}
