package io.tidecast.app.service;

import static java.util.Objects.requireNonNull;

import io.tidecast.app.UserException;
import io.tidecast.app.config.ModelConfig;
import io.tidecast.app.config.TidecastConfig;
import io.tidecast.schemas.ModelTopics;
import io.tidecast.schemas.Topic;
import io.tidecast.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.resource.ResourceType;

/** The catalogue's topics on a broker: what is there, what is missing, and its creation. */
public final class KafkaTopics implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;
  private static final int VISIBILITY_POLL_MILLIS = 50;

  private final Admin admin;
  private final TidecastConfig config;
  private final Topics topics;

  private KafkaTopics(Admin admin, TidecastConfig config) {
    this.admin = admin;
    this.config = config;
    this.topics = topics(config);
  }

  /** The catalogue under a configuration's prefix and number of partitions. */
  public static Topics topics(TidecastConfig config) {
    return new Topics(
        config.topicsPrefix(),
        config.partitions(),
        config.forecasting(),
        config.models().stream().map(ModelConfig::topics).toList());
  }

  /**
   * Connects.
   *
   * @throws UserException if no broker answers, or it does not let us in
   */
  public static KafkaTopics connect(TidecastConfig config) {
    Map<String, Object> properties = config.clientProperties();
    properties.putIfAbsent("request.timeout.ms", TIMEOUT_MILLIS / 2);
    properties.putIfAbsent("default.api.timeout.ms", TIMEOUT_MILLIS);
    Admin admin;
    try {
      admin = Admin.create(properties);
    } catch (KafkaException e) {
      throw new UserException("cannot make a Kafka client: " + rootMessage(e), e);
    }
    try {
      KafkaTopics connected = new KafkaTopics(admin, config);
      connected.get(admin.describeCluster().nodes());
      return connected;
    } catch (RuntimeException e) {
      admin.close();
      throw e;
    }
  }

  /**
   * One topic as it is.
   *
   * @param partitions partitions that it has, 0 where it is missing
   * @param allowed what our user may do with it
   */
  public record State(Topic<?> topic, int partitions, Set<AclOperation> allowed) {
    public boolean missing() {
      return partitions == 0;
    }
  }

  /**
   * Every topic of the catalogue as it is now.
   *
   * @throws UserException if our user may not even see one
   */
  public List<State> states() {
    List<Topic<?>> wanted = topics.all();
    Map<String, KafkaFuture<TopicDescription>> found =
        admin
            .describeTopics(
                wanted.stream().map(Topic::name).toList(),
                new DescribeTopicsOptions().includeAuthorizedOperations(true))
            .topicNameValues();
    List<State> states = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    for (Topic<?> topic : wanted) {
      try {
        TopicDescription d = get(requireNonNull(found.get(topic.name())));
        Set<AclOperation> allowed = d.authorizedOperations();
        states.add(new State(topic, d.partitions().size(), allowed == null ? Set.of() : allowed));
      } catch (UserException e) {
        if (e.getCause() instanceof UnknownTopicOrPartitionException) {
          states.add(new State(topic, 0, Set.of()));
        } else if (e.getCause() instanceof TopicAuthorizationException) {
          // The broker's answer leaves the name out.
          faults.addAll(explain(new TopicAuthorizationException(Set.of(topic.name()))).faults());
        } else {
          faults.addAll(e.faults());
        }
      }
    }
    if (!faults.isEmpty()) {
      throw new UserException(faults);
    }
    return states;
  }

  /**
   * Checks that our user has the service's rights on the topics, as far as topics are there.
   *
   * @throws UserException with every missing right
   */
  void require(LeastPrivileges needed) {
    List<String> faults = new ArrayList<>();
    for (State s : states()) {
      for (Right right : needed.on(ResourceType.TOPIC, s.topic().name())) {
        if (!s.missing()
            && right.operation() != AclOperation.CREATE
            && !s.allowed().contains(right.operation())) {
          faults.add(
              "Kafka at %s denies this user a right: %s; './tidecast acls' prints every right needed"
                  .formatted(config.bootstrapServers(), right));
        }
      }
    }
    if (!faults.isEmpty()) {
      throw new UserException(faults);
    }
  }

  /**
   * Grants rights.
   *
   * @param principal who gets them, e.g. {@code User:tidecast}
   * @throws UserException if our user may not
   */
  public void grant(List<Right> rights, String principal) {
    get(admin.createAcls(rights.stream().map(r -> r.grantedTo(principal)).toList()).all());
  }

  /**
   * Creates what is missing and waits until it is there.
   *
   * @param progress told what was created
   */
  public void createMissing(Consumer<String> progress) {
    List<NewTopic> missing =
        states().stream().filter(State::missing).map(s -> newTopic(s.topic())).toList();
    if (missing.isEmpty()) {
      return;
    }
    try {
      get(admin.createTopics(missing).all());
    } catch (UserException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
    await(() -> states().stream().noneMatch(State::missing));
    progress.accept(
        "topics created: " + String.join(", ", missing.stream().map(NewTopic::name).toList()));
  }

  /** What the controller has decided may be unknown to the brokers for a moment. */
  void await(BooleanSupplier known) {
    long deadline = System.nanoTime() + TIMEOUT_MILLIS * 1_000_000L;
    while (!known.getAsBoolean() && System.nanoTime() < deadline) {
      try {
        Thread.sleep(VISIBILITY_POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for Kafka", e);
      }
    }
  }

  /**
   * Creates what is missing, where the configuration allows it, and checks the rest.
   *
   * @param progress told what was created
   * @throws UserException if the topics are not as the service needs them
   */
  public void ensure(Consumer<String> progress) {
    if (config.createTopics()) {
      createMissing(progress);
    }
    requireAll();
  }

  /**
   * Checks that the service can run on the topics as they are.
   *
   * @throws UserException with every fault
   */
  public void requireAll() {
    check(states());
  }

  /**
   * Checks that the service can run on these topics.
   *
   * @throws UserException with every fault
   */
  private void check(List<State> states) {
    List<String> faults = new ArrayList<>();
    for (State s : states) {
      if (s.missing()) {
        faults.add(
            "topic '%s' is missing: create it with './tidecast topics', or start the service with topics.create=true"
                .formatted(s.topic().name()));
      }
    }
    Map<String, Integer> partitions =
        states.stream().collect(Collectors.toMap(s -> s.topic().name(), State::partitions));
    requireEqual(
        partitions,
        topics.observations(),
        List.of(topics.forecasts(), topics.scores()),
        "a series",
        faults);
    for (ModelTopics model : topics.models()) {
      requireEqual(
          partitions,
          topics.samples(model),
          List.of(topics.predictions(model), topics.scores(model)),
          "a stream",
          faults);
    }
    if (!faults.isEmpty()) {
      throw new UserException(faults);
    }
  }

  private static void requireEqual(
      Map<String, Integer> partitions,
      Topic<?> input,
      List<Topic<?>> outputs,
      String what,
      List<String> faults) {
    int in = partitions.getOrDefault(input.name(), 0);
    for (Topic<?> out : outputs) {
      int n = partitions.getOrDefault(out.name(), 0);
      if (in > 0 && n > 0 && n != in) {
        faults.add(
            "topic '%s' has %d partitions and '%s' has %d: give both the same number, so that %s keeps its partition"
                .formatted(input.name(), in, out.name(), n, what));
      }
    }
  }

  @Override
  public void close() {
    admin.close();
  }

  private NewTopic newTopic(Topic<?> topic) {
    return new NewTopic(
            topic.name(),
            Optional.of(topic.partitions()),
            config.replicationFactor() < 0
                ? Optional.empty()
                : Optional.of(config.replicationFactor()))
        .configs(topic.configs());
  }

  Admin admin() {
    return admin;
  }

  /**
   * Waits for an answer.
   *
   * @throws UserException if there is none, or a refusal
   */
  <T> T get(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for Kafka", e);
    } catch (ExecutionException e) {
      throw explain(e.getCause() == null ? e : e.getCause());
    }
  }

  private UserException explain(Throwable cause) {
    String where = "Kafka at %s (kafka.bootstrap.servers)".formatted(config.bootstrapServers());
    if (cause instanceof TimeoutException) {
      return new UserException(
          where
              + " does not answer: check the address, that the broker runs, and that its security"
              + " settings are given under 'kafka.'; './tidecast demo' brings a broker of its own",
          cause);
    }
    if (cause instanceof AuthenticationException) {
      return new UserException(where + " refuses our credentials: " + cause.getMessage(), cause);
    }
    Optional<String> missingRight = LeastPrivileges.of(config).missing(cause);
    if (missingRight.isPresent()) {
      return new UserException(missingRight.get(), cause);
    }
    return new UserException(where + ": " + cause.getMessage(), cause);
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
