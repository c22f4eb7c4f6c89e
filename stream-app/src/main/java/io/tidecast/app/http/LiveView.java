package io.tidecast.app.http;

import io.tidecast.schemas.avro.Forecast;
import io.tidecast.schemas.avro.Prediction;
import io.tidecast.schemas.avro.SampleScore;
import io.tidecast.schemas.avro.Score;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The recent past of every series, bounded in memory: {@link #MAX_SERIES} series, {@link
 * PointLog#CAPACITY} grid times each. Thread-safe.
 */
final class LiveView {
  /** Series kept; the one that was silent for longest makes room. About 15 kB each at most. */
  static final int MAX_SERIES = 10_000;

  private final int maxSeries;
  private final Map<String, SeriesView> series = new ConcurrentSkipListMap<>();
  private final Map<Integer, ModelState> models = new ConcurrentHashMap<>();
  private final Map<String, LabelledView> labelled = new ConcurrentSkipListMap<>();
  private final Accuracy accuracy = new Accuracy();
  private final AtomicLong revision = new AtomicLong();
  private final AtomicLong forecasts = new AtomicLong();
  private final AtomicLong evicted = new AtomicLong();

  LiveView() {
    this(MAX_SERIES);
  }

  LiveView(int maxSeries) {
    this.maxSeries = maxSeries;
  }

  /** How the list of series is ordered. */
  enum Order {
    ID,
    SURPRISE,
    COVERAGE;

    static Optional<Order> of(String name) {
      try {
        return Optional.of(valueOf(name.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
  }

  /**
   * Takes in a forecast.
   *
   * @param partition partition of the topic, hence the model that made it
   */
  void add(int partition, Forecast f) {
    NewestForecast newest = NewestForecast.of(f);
    forecasts.incrementAndGet();
    view(f.getSeriesId()).add(newest, revision.incrementAndGet());
    models.merge(
        partition,
        new ModelState(partition, newest.epoch(), newest.step(), newest.experts()),
        (a, b) -> b.isOlderThan(a) ? a : b);
  }

  void add(Score s) {
    SeriesView view = view(s.getSeriesId());
    view.add(s, revision.incrementAndGet());
    if (!view.warmingUp()) {
      accuracy.add(s);
    }
  }

  /** Makes a model of labelled samples known, before it has predicted anything. */
  void know(String model, List<String> classNames) {
    labelled.put(model, new LabelledView(model, classNames));
  }

  void add(Prediction p) {
    labelled(p.getModel()).add(p);
    revision.incrementAndGet();
  }

  /**
   * Takes in what a prediction was worth.
   *
   * @param partition partition of the topic, hence the learner
   */
  void add(int partition, SampleScore s) {
    labelled(s.getModel()).add(partition, s);
    revision.incrementAndGet();
  }

  private LabelledView labelled(String model) {
    return labelled.computeIfAbsent(model, name -> new LabelledView(name, List.of()));
  }

  /** The models of labelled samples, by name. */
  Map<String, LabelledView> labelled() {
    return labelled;
  }

  private SeriesView view(String id) {
    SeriesView view = series.get(id);
    if (view == null) {
      if (series.size() >= maxSeries) {
        makeRoom();
      }
      view = series.computeIfAbsent(id, SeriesView::new);
    }
    return view;
  }

  /** A share of the series goes at once, so that the search for the oldest is rare. */
  private void makeRoom() {
    series.values().stream()
        .sorted(Comparator.comparingLong(SeriesView::revision))
        .limit(Math.max(1, maxSeries / 20))
        .forEach(
            v -> {
              series.remove(v.id());
              evicted.incrementAndGet();
            });
  }

  /**
   * A page of the list.
   *
   * @param search part of the id, without regard to case; empty finds all
   */
  SeriesJson.Listing list(String search, Order order, int offset, int limit) {
    String wanted = search.toLowerCase(Locale.ROOT);
    List<SeriesView> found =
        series.values().stream()
            .filter(v -> v.id().toLowerCase(Locale.ROOT).contains(wanted))
            .collect(Collectors.toCollection(ArrayList::new));
    switch (order) {
      case ID -> {}
      case SURPRISE -> sortBy(found, v -> -orLeast(v.surprise()));
      case COVERAGE -> sortBy(found, v -> -orLeast(Math.abs(v.coverage90() - 0.9)));
    }
    return new SeriesJson.Listing(
        series.size(),
        found.size(),
        offset,
        found.stream().skip(offset).limit(limit).map(SeriesView::row).toList());
  }

  /** The keys are taken once: they change while the list is sorted. */
  private static void sortBy(List<SeriesView> found, ToDoubleFunction<SeriesView> key) {
    Map<SeriesView, Double> keys = new LinkedHashMap<>();
    found.forEach(v -> keys.put(v, key.applyAsDouble(v)));
    found.sort(Comparator.comparing(v -> keys.getOrDefault(v, 0.0)));
  }

  private static double orLeast(double v) {
    return Double.isNaN(v) ? -1 : v;
  }

  Optional<SeriesView> series(String id) {
    return Optional.ofNullable(series.get(id));
  }

  /**
   * Ids of series that changed after {@code since}, the newest change first, {@code limit} at most.
   */
  List<String> changedSince(long since, int limit) {
    Map<Long, String> changed = new TreeMap<>(Comparator.reverseOrder());
    for (SeriesView v : series.values()) {
      long r = v.revision();
      if (r > since) {
        changed.put(r, v.id());
      }
    }
    return changed.values().stream().limit(limit).toList();
  }

  /** The models that have spoken, by partition. */
  List<ModelState> models() {
    return models.values().stream().sorted(Comparator.comparingInt(ModelState::partition)).toList();
  }

  Accuracy.Recent recent() {
    return accuracy.recent();
  }

  /** Number of the newest change. */
  long revision() {
    return revision.get();
  }

  long forecasts() {
    return forecasts.get();
  }

  int size() {
    return series.size();
  }

  long warmingUp() {
    return series.values().stream().filter(SeriesView::warmingUp).count();
  }

  /** Series that had to make room for others. */
  long evicted() {
    return evicted.get();
  }

  /**
   * A model as its forecasts show it.
   *
   * @param partition of {@code observations}, hence of the model
   * @param step learning steps so far
   * @param experts the pool's experts
   */
  record ModelState(int partition, long epoch, long step, List<String> experts) {
    boolean isOlderThan(ModelState other) {
      return epoch < other.epoch || (epoch == other.epoch && step < other.step);
    }
  }
}
