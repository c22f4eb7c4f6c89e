package io.tidecast.app.http;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What the HTTP interface says about series. Numbers that are not known are null in JSON. */
final class SeriesJson {
  private SeriesJson() {}

  /**
   * A page of the list of series.
   *
   * @param total series known
   * @param matched of them, those that the search found
   * @param offset place of the first of {@code series} among those found
   */
  record Listing(int total, int matched, int offset, List<Row> series) {}

  /** One line of the list; {@code recent} holds the newest truths in order of time. */
  record Row(
      String id,
      float[] recent,
      double lastTruth,
      double nextMedian,
      long issuedAt,
      long observationsSeen,
      double coverage90,
      double surprise,
      double drift,
      boolean warmingUp,
      long revision) {}

  record ModelVersion(long epoch, long step) {}

  record LeadTime(
      int leadTime,
      long time,
      double mean,
      double median,
      double[] quantiles,
      double epistemicStd,
      double aleatoricStd,
      double[] expertWeights) {}

  record Coverage(double band50, double band80, double band90, double band95) {}

  /** Lower and upper edge of a band, one entry for each time. */
  record Edges(double nominal, float[] lower, float[] upper) {}

  /** Grid times in order, with the one-step forecast for each and what came. */
  record History(long[] time, float[] truth, float[] median, List<Edges> bands, float[] surprise) {}

  /** A series' newest forecast with the recent past. */
  record Detail(
      String id,
      long issuedAt,
      long intervalMillis,
      ModelVersion modelVersion,
      long observationsSeen,
      boolean warmingUp,
      double[] quantileLevels,
      List<LeadTime> leadTimes,
      List<Edges> bands,
      List<String> experts,
      Coverage coverage,
      double crps,
      double surprise,
      double drift,
      History history,
      long revision) {

    static Detail of(
        String id,
        NewestForecast f,
        History history,
        double crps,
        double surprise,
        double drift,
        long revision) {
      List<LeadTime> leads = new ArrayList<>(f.horizon());
      for (int h = 0; h < f.horizon(); h++) {
        leads.add(
            new LeadTime(
                h + 1,
                f.time(h + 1),
                f.mean()[h],
                f.median(h),
                f.quantiles()[h],
                f.epistemicStd()[h],
                f.aleatoricStd()[h],
                f.weights()[h]));
      }
      double[] c = f.coverage();
      return new Detail(
          id,
          f.issuedAt(),
          f.intervalMillis(),
          new ModelVersion(f.epoch(), f.step()),
          f.observationsSeen(),
          f.warmingUp(),
          f.levels(),
          leads,
          Band.DRAWN.stream()
              .map(b -> new Edges(b.nominal(), edge(f, b.lowerLevel()), edge(f, b.upperLevel())))
              .toList(),
          f.experts(),
          new Coverage(c[0], c[1], c[2], c[3]),
          crps,
          surprise,
          drift,
          history,
          revision);
    }

    private static float[] edge(NewestForecast f, double level) {
      float[] edge = new float[f.horizon()];
      IntStream.range(0, edge.length).forEach(h -> edge[h] = (float) f.quantile(h, level));
      return edge;
    }
  }
}
