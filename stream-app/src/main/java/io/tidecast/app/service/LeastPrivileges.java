package io.tidecast.app.service;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.PatternType.LITERAL;
import static org.apache.kafka.common.resource.PatternType.PREFIXED;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;

import io.tidecast.app.config.TidecastConfig;
import io.tidecast.schemas.ModelTopics;
import io.tidecast.schemas.Topic;
import io.tidecast.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.resource.ResourceType;

/** The rights that {@code tidecast run} needs in Kafka, and no more; docs/security.md. */
public final class LeastPrivileges {
  private final TidecastConfig config;
  private final List<Right> rights;

  private LeastPrivileges(TidecastConfig config, List<Right> rights) {
    this.config = config;
    this.rights = List.copyOf(rights);
  }

  /** What a service of this configuration needs. READ and WRITE include DESCRIBE. */
  public static LeastPrivileges of(TidecastConfig config) {
    Topics topics = KafkaTopics.topics(config);
    String id = config.applicationId();
    List<Right> rights = new ArrayList<>();
    if (topics.forecasting()) {
      rights.add(topic(topics.observations(), READ, "learn from it"));
      rights.add(topic(topics.forecasts(), WRITE, "publish forecasts"));
      rights.add(topic(topics.scores(), WRITE, "publish scores"));
    }
    rights.add(topic(topics.deadLetters(), WRITE, "put refused records aside"));
    for (ModelTopics model : topics.models()) {
      rights.add(topic(topics.samples(model), READ, "learn from it"));
      rights.add(topic(topics.predictions(model), WRITE, "publish predictions"));
      rights.add(topic(topics.scores(model), WRITE, "publish scores"));
    }
    if (config.createTopics()) {
      for (Topic<?> topic : topics.all()) {
        rights.add(topic(topic, CREATE, "create it; not needed with topics.create=false"));
      }
    }
    rights.add(new Right(TOPIC, PREFIXED, id + "-", CREATE, "create its changelogs"));
    rights.add(new Right(TOPIC, PREFIXED, id + "-", READ, "restore its learners"));
    rights.add(new Right(TOPIC, PREFIXED, id + "-", WRITE, "keep its learners"));
    rights.add(new Right(GROUP, LITERAL, id, READ, "share the partitions among instances"));
    rights.add(new Right(TRANSACTIONAL_ID, PREFIXED, id + "-", WRITE, "learn exactly once"));
    return new LeastPrivileges(config, rights);
  }

  /** Every right. */
  public List<Right> rights() {
    return rights;
  }

  /** Those that concern one resource. */
  List<Right> on(ResourceType type, String name) {
    return rights.stream().filter(r -> r.concerns(type, name)).toList();
  }

  /** Says which right is missing, where an authorisation has failed somewhere in the chain. */
  Optional<String> missing(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof AuthorizationException denied) {
        List<Right> lacking = lacking(denied);
        return Optional.of(
            "Kafka at %s denies this user a right: %s%s; './tidecast acls' prints every right needed"
                .formatted(
                    config.bootstrapServers(),
                    String.valueOf(denied.getMessage()).replaceFirst("\\.$", ""),
                    lacking.isEmpty() ? "" : "; needed there: " + lacking));
      }
    }
    return Optional.empty();
  }

  private List<Right> lacking(AuthorizationException denied) {
    if (denied instanceof TopicAuthorizationException topics) {
      Set<String> names = topics.unauthorizedTopics();
      if (names.isEmpty()) {
        // So says a broker that may not create a topic.
        return rights.stream().filter(r -> r.operation() == CREATE).toList();
      }
      return names.stream().flatMap(name -> on(TOPIC, name).stream()).distinct().toList();
    }
    if (denied instanceof GroupAuthorizationException group && group.groupId() != null) {
      return on(GROUP, group.groupId());
    }
    if (denied instanceof TransactionalIdAuthorizationException) {
      return rights.stream().filter(r -> r.type() == TRANSACTIONAL_ID).toList();
    }
    return List.of();
  }

  private static Right topic(Topic<?> topic, AclOperation operation, String purpose) {
    return new Right(TOPIC, LITERAL, topic.name(), operation, purpose);
  }
}
