package io.tidecast.app.http;

import io.tidecast.schemas.avro.Coverage;
import io.tidecast.schemas.avro.Forecast;
import io.tidecast.schemas.avro.LeadTime;
import io.tidecast.schemas.avro.LeadTimeScore;
import io.tidecast.schemas.avro.ModelVersion;
import io.tidecast.schemas.avro.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A daily wave with known noise, and the forecasts of somebody who knows both. */
final class SyntheticSeries {
  static final long START = 1_760_000_000_000L;
  static final long INTERVAL = 900_000;
  static final int HORIZON = 24;
  static final List<String> EXPERTS = List.of("last-value", "seasonal-naive", "rls", "network");

  private static final List<Double> LEVELS =
      IntStream.rangeClosed(0, 20)
          .mapToObj(i -> i == 0 ? 0.025 : i == 20 ? 0.975 : i * 0.05)
          .toList();

  private final String id;
  private final double scale;
  private final double phase;
  private final Random noise;
  private int next;

  SyntheticSeries(String id, long seed) {
    this.id = id;
    noise = new Random(seed);
    scale = Math.exp(2 * noise.nextGaussian() + 3);
    phase = noise.nextDouble() * 2 * Math.PI;
  }

  static long time(int t) {
    return START + t * INTERVAL;
  }

  /** Adds {@code n} times, each with its score and the forecast from it. */
  void addTo(LiveView view, int n) {
    for (int end = next + n; next < end; next++) {
      double truth = level(next) + 0.3 * scale * noise.nextGaussian();
      boolean surprising = next % 61 == 60;
      if (surprising) {
        truth += 2 * scale;
      }
      if (next > 0) {
        view.add(score(next, truth, surprising));
      }
      view.add(0, forecast(next, next < 20));
    }
  }

  Forecast forecast(int origin, boolean warmingUp) {
    List<LeadTime> leads = new ArrayList<>();
    for (int h = 1; h <= HORIZON; h++) {
      double mean = level(origin + h);
      double epistemic = 0.05 * scale * Math.sqrt(h);
      double aleatoric = 0.3 * scale;
      double std = Math.hypot(epistemic, aleatoric);
      double far = h / (double) HORIZON;
      leads.add(
          new LeadTime(
              h,
              mean,
              LEVELS.stream().map(p -> mean + std * z(p)).toList(),
              epistemic,
              aleatoric,
              List.of(0.25 * (1 - far), 0.1 + 0.2 * far, 0.3, 0.35 + 0.05 * far)));
    }
    return new Forecast(
        id,
        time(origin),
        new ModelVersion(0L, (long) origin),
        origin + 1L,
        INTERVAL,
        LEVELS,
        leads,
        EXPERTS,
        origin == 0 ? new Coverage(null, null, null, null) : new Coverage(0.52, 0.79, 0.902, 0.947),
        warmingUp,
        List.of());
  }

  Score score(int at, double truth, boolean surprising) {
    List<LeadTimeScore> leads = new ArrayList<>();
    for (int h = 1; h <= Math.min(at, HORIZON); h++) {
      double u = noise.nextDouble();
      leads.add(
          new LeadTimeScore(
              h, 0.2 * scale, -1.0, u, in(u, 0.5), in(u, 0.8), in(u, 0.9), in(u, 0.95)));
    }
    return new Score(
        id, time(at), truth, leads, surprising ? 0.998 : 0.9 * noise.nextDouble(), 0.0);
  }

  private static boolean in(double u, double nominal) {
    return Math.abs(u - 0.5) < nominal / 2;
  }

  private double level(int t) {
    return scale
        * (4 + Math.sin(2 * Math.PI * t / 96 + phase) + 0.4 * Math.sin(2 * Math.PI * t / 32));
  }

  /** Quantile of the logistic distribution of unit variance, which is close enough to look at. */
  private static double z(double p) {
    return Math.sqrt(3) / Math.PI * Math.log(p / (1 - p));
  }
}
