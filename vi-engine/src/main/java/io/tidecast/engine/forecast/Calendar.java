package io.tidecast.engine.forecast;

/** Where a time stands in its day and its week (UTC): harmonics and a flag for the weekend. */
final class Calendar {
  static final int SIZE = 11;

  private static final double DAY = 86_400_000;

  /** The epoch was a Thursday; weeks start on Monday. */
  private static final double THURSDAY = 3;

  private Calendar() {}

  /** Writes sine and cosine of the day's first 3 and the week's first 2 harmonics, and the flag. */
  static void write(long timestamp, float[] out, int at) {
    double days = timestamp / DAY;
    double ofDay = days - Math.floor(days);
    double weeks = (Math.floor(days) + THURSDAY + ofDay) / 7;
    double ofWeek = weeks - Math.floor(weeks);
    int next = harmonics(ofDay, 3, out, at);
    next = harmonics(ofWeek, 2, out, next);
    out[next] = ofWeek >= 5.0 / 7 ? 1 : 0;
  }

  private static int harmonics(double phase, int count, float[] out, int at) {
    double sin = Math.sin(2 * Math.PI * phase);
    double cos = Math.cos(2 * Math.PI * phase);
    double s = sin;
    double c = cos;
    int next = at;
    for (int k = 0; k < count; k++) {
      out[next++] = (float) s;
      out[next++] = (float) c;
      double turned = s * cos + c * sin;
      c = c * cos - s * sin;
      s = turned;
    }
    return next;
  }
}
