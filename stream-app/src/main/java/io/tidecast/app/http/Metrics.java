package io.tidecast.app.http;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidecast.app.service.ServiceStatus;
import io.tidecast.app.stream.LearnerFigures;
import io.tidecast.app.stream.TaskGauges;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;

/**
 * Figures for Prometheus; docs/metrics.md has the table, which a test compares with what is
 * registered here.
 */
final class Metrics implements AutoCloseable {
  private static final @Nullable String NONE = null;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
  private final Supplier<ServiceStatus> service;
  private final Supplier<Optional<TaskGauges>> gauges;
  private final LiveView view;
  private final MultiGauge models;
  private final MultiGauge memory;
  private final MultiGauge journal;
  private final MultiGauge predictions;
  private final MultiGauge accuracy;
  private final MultiGauge logLoss;
  private final Map<String, Boolean> reasons = new ConcurrentHashMap<>();
  private @Nullable KafkaStreamsMetrics kafka;

  Metrics(
      Supplier<ServiceStatus> service,
      Supplier<Optional<TaskGauges>> gauges,
      StateMonitor monitor,
      LiveView view) {
    this.service = service;
    this.gauges = gauges;
    this.view = view;
    models =
        MultiGauge.builder("tidecast.model.steps")
            .description("Learning steps of each partition's model, never reset by a restart")
            .register(registry);
    memory =
        MultiGauge.builder("tidecast.model.memory")
            .baseUnit("rows")
            .description(
                "Rows that the posterior remembers now; rises to its limit, falls in drift; the"
                    + " forecaster has no model label")
            .register(registry);
    journal =
        MultiGauge.builder("tidecast.journal")
            .baseUnit("bytes")
            .description(
                "Bytes that a restart would learn again; the forecaster has no model label")
            .register(registry);
    predictions = ofModels("predictions", NONE, "Predictions read for the live page");
    accuracy = ofModels("accuracy", "ratio", "Share of labels that were the likeliest class");
    logLoss = ofModels("log.loss", "nats", "Mean log loss of the class probabilities");
    taskCounters();
    statusGauges();
    viewMeters(monitor);
    new JvmMemoryMetrics().bindTo(registry);
    garbageCollection.bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  private void taskCounters() {
    task(
        "tidecast.observations.received",
        NONE,
        "Records read from observations",
        TaskGauges::received);
    task(
        "tidecast.observations.accepted",
        NONE,
        "Records that the learners accepted; received - refused",
        TaskGauges::accepted);
    output("forecasts", "forecast-sink");
    output("scores", "score-sink");
    output("dead-letters", "dead-letter-sink");
    task(
        "tidecast.journal.replayed",
        NONE,
        "Journalled inputs learned again by restores",
        TaskGauges::replayed);
    task(
        "tidecast.journal.written",
        "bytes",
        "Bytes of journals that a snapshot has ended",
        TaskGauges::journalBytes);
    task("tidecast.snapshots", NONE, "Snapshots written", TaskGauges::snapshots);
    task(
        "tidecast.snapshot.written",
        "bytes",
        "Bytes of snapshots written",
        TaskGauges::snapshotBytes);
  }

  private void statusGauges() {
    gauge(
        "tidecast.lag",
        "records",
        "Observations of this process's partitions that wait to be learned",
        ServiceStatus::lag);
    gauge(
        "tidecast.restore.restored",
        "records",
        "Changelog records restored since the newest assignments",
        ServiceStatus::restored);
    gauge(
        "tidecast.restore.expected",
        "records",
        "Changelog records that these assignments ask for",
        ServiceStatus::toRestore);
    gauge(
        "tidecast.native.arrays",
        NONE,
        "Native arrays alive; flat between steps",
        ServiceStatus::nativeArrays);
    FunctionCounter.builder(
            "tidecast.device.lease.wait", service, s -> s.get().leaseWaitNanos() / 1e9)
        .baseUnit("seconds")
        .description("Time that tasks have waited for their turn at the device")
        .register(registry);
  }

  private void viewMeters(StateMonitor monitor) {
    for (Health.State state : Health.State.values()) {
      Gauge.builder("tidecast.health", monitor, m -> m.now().state() == state ? 1 : 0)
          .tag("state", state.name().toLowerCase(Locale.ROOT))
          .description("1 for the state that the service is in, 0 for the others")
          .register(registry);
    }
    coverage("50", Accuracy.Recent::coverage50);
    coverage("80", Accuracy.Recent::coverage80);
    coverage("90", Accuracy.Recent::coverage90);
    coverage("95", Accuracy.Recent::coverage95);
    recent(
        "tidecast.crps",
        NONE,
        "Mean continuous ranked probability score of the last 1000 truths, in the units of the"
            + " series",
        Accuracy.Recent::crps);
    recent(
        "tidecast.drift",
        "ratio",
        "Mean drift signal of the last 1000 truths, 0 to 1",
        Accuracy.Recent::drift);
    viewed(
        "tidecast.truths",
        NONE,
        "Truths scored, of all partitions, as read from scores",
        v -> v.recent().scores());
    viewed(
        "tidecast.surprises",
        NONE,
        "Of them, those more surprising than 99 % of their series' earlier ones",
        v -> v.recent().surprises());
    viewed(
        "tidecast.view.forecasts",
        NONE,
        "Forecasts of all partitions read for the live page",
        LiveView::forecasts);
    viewed(
        "tidecast.view.evicted",
        NONE,
        "Series dropped from the live page to make room for others",
        LiveView::evicted);
    Gauge.builder("tidecast.series", view, LiveView::size)
        .description("Series known, of all partitions")
        .register(registry);
    Gauge.builder("tidecast.series.warming.up", view, LiveView::warmingUp)
        .description("Of them, those too short for their bands to be relied on")
        .register(registry);
  }

  void watchListeners(IntSupplier listeners) {
    Gauge.builder("tidecast.page.listeners", listeners, IntSupplier::getAsInt)
        .strongReference(true)
        .description("Pages that listen for events")
        .register(registry);
  }

  /** Adds Kafka Streams' own figures. */
  synchronized void bind(KafkaStreams streams) {
    kafka = new KafkaStreamsMetrics(streams);
    kafka.bindTo(registry);
  }

  /** All figures in Prometheus' text format. */
  synchronized String scrape() {
    gauges.get().ifPresent(g -> g.refused().keySet().forEach(this::countReason));
    models.register(
        view.models().stream().map(m -> row(m.partition(), (double) m.step())).toList(), true);
    List<MultiGauge.Row<?>> memories = new ArrayList<>();
    List<MultiGauge.Row<?>> journals = new ArrayList<>();
    gauges
        .get()
        .map(TaskGauges::learnersByModel)
        .orElse(Map.of())
        .forEach(
            (model, learners) -> {
              for (LearnerFigures l : learners) {
                // Prometheus reads an empty label as none: that is the forecaster.
                Tags tags = Tags.of("model", model, "partition", Integer.toString(l.partition()));
                journals.add(MultiGauge.Row.of(tags, (double) l.journalBytes()));
                l.posterior()
                    .ifPresent(p -> memories.add(MultiGauge.Row.of(tags, p.memoryInForce())));
              }
            });
    memory.register(memories, true);
    journal.register(journals, true);
    List<LabelledJson.Model> labelled =
        view.labelled().values().stream().map(LabelledView::json).toList();
    predictions.register(
        labelled.stream().map(m -> row("model", m.model(), (double) m.predictions())).toList(),
        true);
    accuracy.register(rows(labelled, LabelledJson.Worth::accuracy), true);
    logLoss.register(rows(labelled, LabelledJson.Worth::logLoss), true);
    return registry.scrape();
  }

  private static MultiGauge.Row<?> row(int partition, double value) {
    return row("partition", Integer.toString(partition), value);
  }

  private static MultiGauge.Row<?> row(String tag, String name, double value) {
    return MultiGauge.Row.of(Tags.of(tag, name), value);
  }

  private static List<MultiGauge.Row<?>> rows(
      List<LabelledJson.Model> models, Function<LabelledJson.Worth, @Nullable Double> figure) {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    for (LabelledJson.Model m : models) {
      Double value = m.worth() == null ? null : figure.apply(m.worth());
      if (value != null) {
        rows.add(row("model", m.model(), value));
      }
    }
    return rows;
  }

  private MultiGauge ofModels(String name, @Nullable String unit, String meaning) {
    return MultiGauge.builder("tidecast.labelled." + name)
        .baseUnit(unit)
        .description(meaning + ", of each model of labelled samples")
        .register(registry);
  }

  MeterRegistry registry() {
    return registry;
  }

  private void countReason(String reason) {
    if (reasons.putIfAbsent(reason, true) == null) {
      FunctionCounter.builder(
              "tidecast.observations.refused",
              gauges,
              g -> g.get().map(t -> t.refused().getOrDefault(reason, 0L)).orElse(0L))
          .tag("reason", reason)
          .description("Records sent to the dead letters, by reason")
          .register(registry);
    }
  }

  private void task(
      String name, @Nullable String unit, String meaning, ToDoubleFunction<TaskGauges> value) {
    counter(name, unit, meaning, Tags.empty(), value);
  }

  private void output(String topic, String sink) {
    counter(
        "tidecast.outputs",
        NONE,
        "Records sent, by topic of the catalogue",
        Tags.of("topic", topic),
        t -> t.forwarded().getOrDefault(sink, 0L));
  }

  private void counter(
      String name,
      @Nullable String unit,
      String meaning,
      Tags tags,
      ToDoubleFunction<TaskGauges> value) {
    FunctionCounter.builder(name, gauges, g -> g.get().map(value::applyAsDouble).orElse(0.0))
        .tags(tags)
        .baseUnit(unit)
        .description(meaning)
        .register(registry);
  }

  private void gauge(
      String name, @Nullable String unit, String meaning, ToDoubleFunction<ServiceStatus> value) {
    Gauge.builder(name, service, s -> value.applyAsDouble(s.get()))
        .baseUnit(unit)
        .description(meaning)
        .register(registry);
  }

  private void recent(
      String name, @Nullable String unit, String meaning, ToDoubleFunction<Accuracy.Recent> value) {
    Gauge.builder(name, view, v -> value.applyAsDouble(v.recent()))
        .baseUnit(unit)
        .description(meaning)
        .register(registry);
  }

  private void coverage(String band, ToDoubleFunction<Accuracy.Recent> value) {
    Gauge.builder("tidecast.coverage", view, v -> value.applyAsDouble(v.recent()))
        .tag("band", band)
        .baseUnit("ratio")
        .description("Share of the last 1000 truths inside the band of this nominal percentage")
        .register(registry);
  }

  private void viewed(
      String name, @Nullable String unit, String meaning, ToDoubleFunction<LiveView> value) {
    FunctionCounter.builder(name, view, value)
        .baseUnit(unit)
        .description(meaning)
        .register(registry);
  }

  @Override
  public synchronized void close() {
    KafkaStreamsMetrics bound = kafka;
    if (bound != null) {
      bound.close();
    }
    garbageCollection.close();
    registry.close();
  }
}
