package io.tidecast.app.http;

import io.tidecast.app.service.ServiceStatus;
import io.tidecast.app.stream.LearnerFigures;
import io.tidecast.app.stream.TaskGauges;
import io.tidecast.engine.inference.PosteriorSummary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The state of learning at this moment, worked out afresh a few times a second at most, however
 * many ask. Thread-safe.
 */
final class StateMonitor {
  private static final long FRESH_NANOS = 250_000_000L;

  private final Supplier<ServiceStatus> service;
  private final Supplier<Optional<TaskGauges>> gauges;
  private final Supplier<Optional<String>> readerFault;
  private final LiveView view;
  private final LongSupplier nanos;
  private final Rate accepted = new Rate();
  private final Rate learned = new Rate();
  private @Nullable State newest;
  private long newestAt;

  /**
   * What the page's head shows.
   *
   * @param observations observations learned by this process since it started
   * @param observationsPerSecond likewise, over the last ten seconds
   * @param refused refused by this process, by reason
   * @param predictions predictions of all models of labelled samples
   * @param steps learning steps of all models together
   * @param stepsPerSecond learning steps of this process, over the last ten seconds
   * @param memoryInForce rows that the posteriors of this process remember now, on average
   * @param coverage recent observed coverage over all series; see {@link Accuracy}
   */
  record State(
      Health.State state,
      List<String> reasons,
      Restore restore,
      String device,
      int series,
      long warmingUp,
      long observations,
      double observationsPerSecond,
      Map<String, Long> refused,
      double lag,
      long steps,
      double stepsPerSecond,
      double memoryInForce,
      long forecasts,
      long predictions,
      SeriesJson.Coverage coverage,
      double crps,
      long truths,
      long surprises,
      double drift,
      long revision) {}

  record Restore(long records, long of) {}

  StateMonitor(
      Supplier<ServiceStatus> service,
      Supplier<Optional<TaskGauges>> gauges,
      Supplier<Optional<String>> readerFault,
      LiveView view,
      LongSupplier nanos) {
    this.service = service;
    this.gauges = gauges;
    this.readerFault = readerFault;
    this.view = view;
    this.nanos = nanos;
  }

  synchronized State now() {
    long now = nanos.getAsLong();
    State known = newest;
    if (known != null && now - newestAt < FRESH_NANOS) {
      return known;
    }
    State state = look(now);
    newest = state;
    newestAt = now;
    return state;
  }

  /**
   * The learners of this process, by partition.
   *
   * @param model name of a model of labelled samples; empty: the forecaster
   */
  Map<Integer, LearnerFigures> learners(String model) {
    return gauges.get().map(g -> g.learners(model)).orElse(Map.of());
  }

  private State look(long now) {
    ServiceStatus s = service.get();
    Accuracy.Recent r = view.recent();
    long count = gauges.get().map(TaskGauges::accepted).orElse(0L);
    accepted.note(now, count, 0);
    double perSecond = accepted.perSecond();
    List<PosteriorSummary> posteriors = posteriors();
    long steps = posteriors.stream().mapToLong(PosteriorSummary::steps).sum();
    learned.note(now, steps, posteriors.size());
    Health health = Health.of(s, r, perSecond, readerFault.get());
    return new State(
        health.state(),
        health.reasons(),
        new Restore(health.restored(), health.toRestore()),
        s.device(),
        view.size(),
        view.warmingUp(),
        count,
        perSecond,
        gauges.get().map(TaskGauges::refused).orElse(Map.of()),
        s.lag(),
        view.models().stream().mapToLong(LiveView.ModelState::step).sum(),
        learned.perSecond(),
        posteriors.stream()
            .mapToDouble(PosteriorSummary::memoryInForce)
            .average()
            .orElse(Double.NaN),
        view.forecasts(),
        view.labelled().values().stream().mapToLong(LabelledView::predictions).sum(),
        new SeriesJson.Coverage(r.coverage50(), r.coverage80(), r.coverage90(), r.coverage95()),
        r.crps(),
        r.scores(),
        r.surprises(),
        r.drift(),
        view.revision());
  }

  private List<PosteriorSummary> posteriors() {
    return learners("").values().stream()
        .map(LearnerFigures::posterior)
        .flatMap(Optional::stream)
        .toList();
  }
}
