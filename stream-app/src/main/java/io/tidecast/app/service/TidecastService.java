package io.tidecast.app.service;

import io.tidecast.app.UserException;
import io.tidecast.app.config.ModelConfig;
import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.service.ServiceStatus.Stage;
import io.tidecast.app.stream.ForecastTopology;
import io.tidecast.app.stream.SampleTopology;
import io.tidecast.app.stream.TaskGauges;
import io.tidecast.engine.device.ComputeDevice;
import io.tidecast.engine.forecast.ForecastLearner;
import io.tidecast.engine.forecast.ForecastSettings;
import io.tidecast.engine.supervised.SupervisedLearner;
import io.tidecast.engine.supervised.SupervisedSettings;
import io.tidecast.schemas.AvroSerdes;
import io.tidecast.schemas.ContractException;
import io.tidecast.schemas.Topic;
import io.tidecast.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running Tidecast: topics and contracts in place, engine warm, stream flowing. */
public final class TidecastService implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TidecastService.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

  private final ComputeDevice device;
  private final KafkaStreams streams;
  private final List<String> inputTopics;
  private final TaskGauges gauges = new TaskGauges();
  private final RestoreProgress restore = new RestoreProgress();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final FailurePolicy policy;

  private TidecastService(TidecastConfig config, ComputeDevice device, Consumer<String> progress) {
    this.device = device;
    policy =
        new FailurePolicy(
            LeastPrivileges.of(config),
            new LocalState(config.stateDir(), config.applicationId()),
            gauges::received);
    Topics topics = KafkaTopics.topics(config);
    inputTopics = topics.inputs().stream().<String>map(Topic::name).toList();
    AvroSerdes serdes = new AvroSerdes(config.registryProperties());
    try {
      serdes.registerContracts(topics);
    } catch (ContractException e) {
      throw new UserException(String.valueOf(e.getMessage()), e);
    }
    progress.accept("contracts registered with " + config.shownRegistryUrl());
    try {
      streams = new KafkaStreams(topology(config, topics, serdes), StreamsProperties.of(config));
    } catch (KafkaException e) {
      throw new UserException("Kafka Streams does not start: " + e.getMessage(), e);
    }
    streams.setGlobalStateRestoreListener(restore);
    streams.setStateListener(
        (now, before) -> {
          log.info("stream: {} -> {}", before, now);
          if (now == KafkaStreams.State.ERROR || now == KafkaStreams.State.NOT_RUNNING) {
            stopped.countDown();
          }
        });
    streams.setUncaughtExceptionHandler(policy);
  }

  /** The forecaster, unless it is switched off, and each model of labelled samples beside it. */
  private Topology topology(TidecastConfig config, Topics topics, AvroSerdes serdes) {
    Topology topology = config.forecasting() ? forecaster(config, topics, serdes) : new Topology();
    for (ModelConfig model : config.models()) {
      SupervisedSettings settings = model.settings();
      SampleTopology.addTo(
          topology,
          topics,
          model.topics(),
          serdes,
          partition ->
              SupervisedLearner.create(settings.withSeed(settings.seed() + partition), device),
          model.batchTimeout(),
          config.snapshotMinBytes(),
          gauges);
    }
    return topology;
  }

  private Topology forecaster(TidecastConfig config, Topics topics, AvroSerdes serdes) {
    ForecastSettings forecast = config.forecast();
    return ForecastTopology.build(
        topics,
        serdes,
        partition -> ForecastLearner.create(forecast.withSeed(forecast.seed() + partition), device),
        config.batchTimeout(),
        config.snapshotMinBytes(),
        gauges);
  }

  /**
   * Starts the service and returns when it is connected; it may still be restoring its learners.
   *
   * @param progress told of each stage, in a few words
   * @throws UserException if something that the user can put right stands in the way
   */
  public static TidecastService start(TidecastConfig config, Consumer<String> progress) {
    try (KafkaTopics kafka = KafkaTopics.connect(config)) {
      kafka.ensure(progress);
      kafka.require(LeastPrivileges.of(config));
      KeptLearners.require(kafka, config);
    }
    ComputeDevice device;
    try {
      device = ComputeDevice.open(config.device(), config.requireGpu(), config.engineThreads());
    } catch (IllegalStateException e) {
      throw new UserException(String.valueOf(e.getMessage()), e);
    }
    try {
      if (config.forecasting()) {
        WarmUp.run(config.forecast(), device);
      }
      config.models().forEach(model -> warm(model, device));
      progress.accept("engine warm: " + device.description());
      return flowing(config, device, progress);
    } catch (RuntimeException e) {
      device.close();
      throw e;
    }
  }

  private static void warm(ModelConfig model, ComputeDevice device) {
    try {
      WarmUp.run(model.settings(), device);
    } catch (IllegalArgumentException e) {
      // What a file of weights holds is known only now.
      throw new UserException("model '%s': %s".formatted(model.name(), e.getMessage()), e);
    }
  }

  private static TidecastService flowing(
      TidecastConfig config, ComputeDevice device, Consumer<String> progress) {
    LocalState local = new LocalState(config.stateDir(), config.applicationId());
    local.removeIfCondemned();
    TidecastService service = new TidecastService(config, device, progress);
    try {
      service.streams.start();
      return service;
    } catch (ProcessorStateException e) {
      if (!LocalState.isDamaged(e)) {
        throw e;
      }
      log.warn("local state does not open", e);
      service.streams.close(Duration.ZERO);
      local.remove("damaged");
    }
    TidecastService afresh = new TidecastService(config, device, progress);
    afresh.streams.start();
    return afresh;
  }

  /** The topics that it learns from. */
  public List<String> inputTopics() {
    return inputTopics;
  }

  /** What the tasks have done. */
  public TaskGauges gauges() {
    return gauges;
  }

  /** Whether the stream flows and every learner is restored. */
  public boolean isReady() {
    return streams.state() == KafkaStreams.State.RUNNING && gauges.allRestored();
  }

  /** The service as it is now. */
  public ServiceStatus status() {
    KafkaStreams.State state = streams.state();
    Optional<String> reason = policy.reasonToStop();
    return new ServiceStatus(
        reason.isPresent() || state.hasCompletedShutdown()
            ? Stage.FAILED
            : isReady() ? Stage.RUNNING : Stage.RESTORING,
        reason.orElse("Kafka Streams is " + state),
        device.description(),
        restore.restored(),
        restore.expected(),
        lag(),
        device.totalWaitNanos(),
        device.liveArrays());
  }

  /** The stream, for binding its metrics. */
  public KafkaStreams streams() {
    return streams;
  }

  private double lag() {
    return streams.metrics().entrySet().stream()
        .filter(e -> e.getKey().name().equals("records-lag"))
        .filter(e -> inputTopics.contains(e.getKey().tags().get("topic")))
        .mapToDouble(e -> ((Number) e.getValue().metricValue()).doubleValue())
        .filter(lag -> !Double.isNaN(lag))
        .reduce(Double::sum)
        .orElse(Double.NaN);
  }

  /**
   * Waits until the service has stopped.
   *
   * @return whether it has, within the time
   * @throws UserException if it stopped because of something that the user can put right
   */
  public boolean awaitStop(Duration atMost) throws InterruptedException {
    boolean over = stopped.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    if (over) {
      throwFailure();
    }
    return over;
  }

  @Override
  public void close() {
    streams.close(
        CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
            .withTimeout(CLOSE_TIMEOUT));
    device.close();
  }

  private void throwFailure() {
    Optional<String> reason = policy.reasonToStop();
    if (reason.isPresent()) {
      throw new UserException("the stream has stopped: " + reason.get());
    }
  }
}
