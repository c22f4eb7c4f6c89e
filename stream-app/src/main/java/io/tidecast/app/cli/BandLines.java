package io.tidecast.app.cli;

import io.tidecast.schemas.avro.Forecast;
import io.tidecast.schemas.avro.LeadTime;
import io.tidecast.schemas.avro.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Forecasts as lines of text: the last value, the next and the farthest band, and the median's way
 * between them.
 */
final class BandLines {
  private static final String BARS = "▁▂▃▄▅▆▇█";
  private static final int CURVE_POINTS = 24;
  private static final int NAME_WIDTH = 24;

  /** A 90 % band that holds less or more is coloured. */
  private static final double LEAST_COVERAGE = 0.82;

  private static final double MOST_COVERAGE = 0.97;

  private BandLines() {}

  static List<String> of(List<Forecast> forecasts, Map<String, Score> scores, int most) {
    List<String> lines = new ArrayList<>();
    int width = forecasts.stream().mapToInt(f -> f.getSeriesId().length()).max().orElse(0);
    for (Forecast f : forecasts.subList(0, Math.min(most, forecasts.size()))) {
      lines.add(line(f, scores.get(f.getSeriesId()), Math.min(width, NAME_WIDTH)));
    }
    if (forecasts.size() > most) {
      lines.add("  … and %d more series".formatted(forecasts.size() - most));
    }
    return lines;
  }

  private static String line(Forecast f, @Nullable Score score, int nameWidth) {
    List<LeadTime> leads = f.getLeadTimes();
    int low = level(f, .05);
    int middle = level(f, .5);
    int high = level(f, .95);
    StringBuilder line = new StringBuilder();
    line.append("  %s".formatted(pad(Terminal.printable(f.getSeriesId()), nameWidth)));
    line.append("  now %s".formatted(score == null ? pad("–", 8) : number(score.getTruth())));
    line.append("   " + band(leads.get(0), low, middle, high));
    if (leads.size() > 1) {
      line.append("   " + band(leads.get(leads.size() - 1), low, middle, high));
    }
    line.append("   " + curve(leads, middle));
    Double held = f.getObservedCoverage().getBand90();
    line.append(held == null ? "" : "   90 % band held " + share(held, f.getWarmingUp()));
    line.append(f.getWarmingUp() ? Terminal.toned(Terminal.Tone.FAINT, "   warming up") : "");
    return line.toString();
  }

  /** In the limits of health, or not; while a series warms up that says little. */
  private static String share(double held, boolean warmingUp) {
    String text = "%.0f %%".formatted(100 * held);
    boolean good = held >= LEAST_COVERAGE && held <= MOST_COVERAGE;
    return warmingUp
        ? text
        : Terminal.toned(good ? Terminal.Tone.GOOD : Terminal.Tone.WARNING, text);
  }

  private static String band(LeadTime lead, int low, int middle, int high) {
    List<Double> q = lead.getQuantiles();
    return "+%d: %s [%s … %s]"
        .formatted(
            lead.getLeadTime(), number(q.get(middle)), number(q.get(low)), number(q.get(high)));
  }

  private static String curve(List<LeadTime> leads, int middle) {
    double least = leads.stream().mapToDouble(l -> l.getQuantiles().get(middle)).min().orElse(0);
    double most = leads.stream().mapToDouble(l -> l.getQuantiles().get(middle)).max().orElse(0);
    StringBuilder bars = new StringBuilder();
    int points = Math.min(CURVE_POINTS, leads.size());
    for (int i = 0; i < points; i++) {
      double v = leads.get(i * leads.size() / points).getQuantiles().get(middle);
      int bar =
          most > least
              ? (int) ((v - least) / (most - least) * (BARS.length() - 1))
              : BARS.length() / 2;
      bars.append(BARS.charAt(bar));
    }
    return bars.toString();
  }

  /** Index of the level nearest to the one wanted. */
  private static int level(Forecast f, double wanted) {
    int best = 0;
    for (int i = 1; i < f.getQuantileLevels().size(); i++) {
      if (Math.abs(f.getQuantileLevels().get(i) - wanted)
          < Math.abs(f.getQuantileLevels().get(best) - wanted)) {
        best = i;
      }
    }
    return best;
  }

  /** Four significant digits in eight columns. */
  static String number(double v) {
    double a = Math.abs(v);
    if (a >= 1e6 || (a < 1e-3 && a > 0)) {
      return "%8s".formatted(String.format(Locale.ROOT, "%.2e", v));
    }
    int decimals = a >= 1000 ? 0 : a >= 100 ? 1 : a >= 10 ? 2 : 3;
    return "%8s".formatted(String.format(Locale.ROOT, "%." + decimals + "f", v));
  }

  private static String pad(String text, int width) {
    return String.format("%-" + Math.max(1, width) + "s", cut(text, width));
  }

  /** At most so many characters. */
  static String cut(String text, int width) {
    return text.length() > width && width > 1 ? text.substring(0, width - 1) + "…" : text;
  }
}
