package io.tidecast.bench.forecasting;

import io.tidecast.engine.forecast.ForecastOutput.SeriesForecast;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A drawing of forecasts against what came: for the end of each series, one fan of 50, 80 and 95 %
 * bands after another, each from an origin that lies a horizon after the one before.
 */
final class BandPicture implements Fans {
  private static final int FANS = 8;
  private static final int WIDTH = 960;
  private static final int HEIGHT = 220;
  private static final int MARGIN = 48;
  private static final int[] LOWER = {0, 2, 5};
  private static final String[] FILL = {"#dbeafe", "#93c5fd", "#3b82f6"};

  private final List<RecordedSeries> series;
  private final int horizon;
  private final int from;
  private final List<List<Fan>> fans = new ArrayList<>();

  private record Fan(int origin, SeriesForecast forecast) {}

  BandPicture(List<RecordedSeries> series, int horizon) {
    this.series = series;
    this.horizon = horizon;
    from = Math.max(series.get(0).size() - FANS * horizon, 1);
    series.forEach(s -> fans.add(new ArrayList<>()));
  }

  @Override
  public void issued(int t, SeriesForecast forecast) {
    if (t >= from - 1 && (t - from + 1) % horizon == 0) {
      for (int s = 0; s < series.size(); s++) {
        if (series.get(s).name().equals(forecast.seriesId())) {
          fans.get(s).add(new Fan(t, forecast));
        }
      }
    }
  }

  /** The drawing as SVG. */
  String svg() {
    StringBuilder out = new StringBuilder();
    out.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">\n"
            .formatted(WIDTH, HEIGHT * series.size()));
    out.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
    for (int s = 0; s < series.size(); s++) {
      draw(s, out);
    }
    return out.append("</svg>\n").toString();
  }

  private void draw(int s, StringBuilder out) {
    RecordedSeries one = series.get(s);
    Scale scale = scale(s);
    int top = s * HEIGHT;
    out.append(
        "<text x=\"%d\" y=\"%d\">%s %s: bands of 50, 80 and 95 %%, %d steps ahead</text>\n"
            .formatted(MARGIN, top + 16, escaped(one.dataset()), escaped(one.name()), horizon));
    for (Fan fan : fans.get(s)) {
      for (int b = 0; b < LOWER.length; b++) {
        out.append(
            "<polygon fill=\"%s\" points=\"%s\"/>\n".formatted(FILL[b], band(fan, b, scale, top)));
      }
    }
    out.append(
        "<polyline fill=\"none\" stroke=\"#111827\" stroke-width=\"1.2\" points=\"%s\"/>\n"
            .formatted(truth(one, scale, top)));
    for (double value : new double[] {scale.low, scale.high}) {
      out.append(
          "<text x=\"4\" y=\"%s\" fill=\"#6b7280\">%s</text>\n"
              .formatted(number(scale.y(value, top) + 4), label(value)));
    }
  }

  private String band(Fan fan, int b, Scale scale, int top) {
    double[][] quantiles = fan.forecast.quantiles();
    StringBuilder points = new StringBuilder();
    for (int lead = 0; lead < horizon; lead++) {
      point(points, fan.origin + 1 + lead, quantiles[lead][LOWER[b]], scale, top);
    }
    for (int lead = horizon - 1; lead >= 0; lead--) {
      double upper = quantiles[lead][Levels.COUNT - 1 - LOWER[b]];
      point(points, fan.origin + 1 + lead, upper, scale, top);
    }
    return points.toString();
  }

  private String truth(RecordedSeries one, Scale scale, int top) {
    StringBuilder points = new StringBuilder();
    for (int t = from; t < one.size(); t++) {
      if (one.observed(t)) {
        point(points, t, one.values()[t], scale, top);
      }
    }
    return points.toString();
  }

  private void point(StringBuilder points, int t, double value, Scale scale, int top) {
    double x = MARGIN + (double) (t - from) / (FANS * horizon) * (WIDTH - MARGIN - 8);
    points.append(number(x)).append(',').append(number(scale.y(value, top))).append(' ');
  }

  private Scale scale(int s) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    RecordedSeries one = series.get(s);
    for (int t = from; t < one.size(); t++) {
      if (one.observed(t)) {
        low = Math.min(low, one.values()[t]);
        high = Math.max(high, one.values()[t]);
      }
    }
    for (Fan fan : fans.get(s)) {
      for (double[] row : fan.forecast.quantiles()) {
        low = Math.min(low, row[LOWER[1]]);
        high = Math.max(high, row[Levels.COUNT - 1 - LOWER[1]]);
      }
    }
    return low < high ? new Scale(low, high) : new Scale(low - 1, low + 1);
  }

  private record Scale(double low, double high) {
    double y(double value, int top) {
      double share = Math.min(Math.max((value - low) / (high - low), -.1), 1.1);
      return top + HEIGHT - 16 - share * (HEIGHT - 48);
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String label(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
