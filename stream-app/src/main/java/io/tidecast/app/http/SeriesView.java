package io.tidecast.app.http;

import io.tidecast.schemas.avro.LeadTimeScore;
import io.tidecast.schemas.avro.Score;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One series: its newest forecast and its recent past. Thread-safe. */
final class SeriesView {
  /** Truths shown in the list of series. */
  static final int SPARKLINE = 48;

  private final String id;
  private final PointLog points = new PointLog();
  private @Nullable NewestForecast newest;
  private double crps = Double.NaN;
  private double surprise = Double.NaN;
  private double drift = Double.NaN;
  private double lastTruth = Double.NaN;
  private long lastTruthTime = Long.MIN_VALUE;
  private long revision;

  SeriesView(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }

  synchronized void add(NewestForecast f, long newRevision) {
    revision = newRevision;
    NewestForecast before = newest;
    boolean older =
        before != null && before.issuedAt() > f.issuedAt() && before.epoch() >= f.epoch();
    if (!older) {
      newest = f;
    }
    if (f.horizon() > 0) {
      long time = f.time(1);
      points.put(time, PointLog.MEDIAN, f.median(0));
      for (int b = 0; b < Band.DRAWN.size(); b++) {
        Band band = Band.DRAWN.get(b);
        points.put(time, PointLog.EDGES + Band.lowerColumn(b), f.quantile(0, band.lowerLevel()));
        points.put(time, PointLog.EDGES + Band.upperColumn(b), f.quantile(0, band.upperLevel()));
      }
    }
  }

  synchronized void add(Score s, long newRevision) {
    revision = newRevision;
    points.put(s.getTimestamp(), PointLog.TRUTH, s.getTruth());
    points.put(s.getTimestamp(), PointLog.SURPRISE, s.getSurprise());
    if (s.getTimestamp() >= lastTruthTime) {
      lastTruthTime = s.getTimestamp();
      lastTruth = s.getTruth();
      surprise = s.getSurprise();
      drift = s.getDrift();
    }
    double now =
        s.getLeadTimes().stream().mapToDouble(LeadTimeScore::getCrps).average().orElse(Double.NaN);
    if (!Double.isNaN(now)) {
      // An average over about the last hundred truths.
      crps = Double.isNaN(crps) ? now : crps + (now - crps) / 100;
    }
  }

  synchronized boolean warmingUp() {
    return newest == null || newest.warmingUp();
  }

  /** Number of the last change in the view at which this series changed. */
  synchronized long revision() {
    return revision;
  }

  synchronized double surprise() {
    return surprise;
  }

  /** Observed coverage of the 90 % band; NaN before the first truth. */
  synchronized double coverage90() {
    return newest == null ? Double.NaN : newest.coverage()[2];
  }

  synchronized SeriesJson.Row row() {
    float[] truths = known(points.column(PointLog.TRUTH));
    NewestForecast f = newest;
    return new SeriesJson.Row(
        id,
        Arrays.copyOfRange(truths, Math.max(0, truths.length - SPARKLINE), truths.length),
        lastTruth,
        f == null || f.horizon() == 0 ? Double.NaN : f.median(0),
        f == null ? 0 : f.issuedAt(),
        f == null ? 0 : f.observationsSeen(),
        coverage90(),
        surprise,
        drift,
        warmingUp(),
        revision);
  }

  /** The newest forecast with the recent past, or empty before the first forecast. */
  synchronized Optional<SeriesJson.Detail> detail() {
    NewestForecast f = newest;
    if (f == null) {
      return Optional.empty();
    }
    SeriesJson.History history =
        new SeriesJson.History(
            points.times(),
            points.column(PointLog.TRUTH),
            points.column(PointLog.MEDIAN),
            bands(b -> points.column(PointLog.EDGES + b)),
            points.column(PointLog.SURPRISE));
    return Optional.of(SeriesJson.Detail.of(id, f, history, crps, surprise, drift, revision));
  }

  private static List<SeriesJson.Edges> bands(IntFunction<float[]> column) {
    return IntStream.range(0, Band.DRAWN.size())
        .mapToObj(
            b ->
                new SeriesJson.Edges(
                    Band.DRAWN.get(b).nominal(),
                    column.apply(Band.lowerColumn(b)),
                    column.apply(Band.upperColumn(b))))
        .toList();
  }

  private static float[] known(float[] column) {
    float[] known = new float[column.length];
    int n = 0;
    for (float v : column) {
      if (!Float.isNaN(v)) {
        known[n++] = v;
      }
    }
    return Arrays.copyOf(known, n);
  }
}
