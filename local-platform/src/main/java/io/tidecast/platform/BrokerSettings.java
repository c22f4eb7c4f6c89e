package io.tidecast.platform;

import static org.apache.kafka.common.config.TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Server properties of one broker that is also a controller (KRaft), made for a small machine. */
record BrokerSettings(
    Addresses addresses, int id, Path logDir, Optional<PlatformSecurity> security) {

  Properties toProperties() {
    Properties p = new Properties();
    identity(p);
    replication(p);
    quickFailover(p);
    smallness(p);
    security.ifPresent(s -> p.putAll(s.brokerProperties()));
    return p;
  }

  private void identity(Properties p) {
    int port = addresses.brokers().get(id - 1);
    int controllerPort = addresses.controllers().get(id - 1);
    p.setProperty("process.roles", "broker,controller");
    p.setProperty("node.id", String.valueOf(id));
    p.setProperty(
        "controller.quorum.voters",
        IntStream.rangeClosed(1, addresses.controllers().size())
            .mapToObj(n -> n + "@" + Ports.HOST + ":" + addresses.controllers().get(n - 1))
            .collect(Collectors.joining(",")));
    String protocol = security.isPresent() ? "SASL_SSL" : "PLAINTEXT";
    String clients = protocol + "://" + Ports.HOST + ":" + port;
    p.setProperty("listeners", clients + ",CONTROLLER://" + Ports.HOST + ":" + controllerPort);
    p.setProperty("advertised.listeners", clients);
    p.setProperty(
        "listener.security.protocol.map",
        protocol + ":" + protocol + ",CONTROLLER:" + (security.isPresent() ? "SSL" : "PLAINTEXT"));
    p.setProperty("controller.listener.names", "CONTROLLER");
    p.setProperty("inter.broker.listener.name", protocol);
    p.setProperty("log.dirs", logDir.toString());
    // A misspelt topic is an error, not a new topic.
    p.setProperty("auto.create.topics.enable", "false");
  }

  private void replication(Properties p) {
    int brokers = addresses.brokers().size();
    String replicas = String.valueOf(Math.min(3, brokers));
    // One of three may fail without a loss and without a halt.
    String inSync = brokers == 1 ? "1" : "2";
    p.setProperty("default.replication.factor", replicas);
    p.setProperty(MIN_IN_SYNC_REPLICAS_CONFIG, inSync);
    p.setProperty("offsets.topic.replication.factor", replicas);
    p.setProperty("transaction.state.log.replication.factor", replicas);
    p.setProperty("transaction.state.log.min.isr", inSync);
    p.setProperty("share.coordinator.state.topic.replication.factor", replicas);
    p.setProperty("share.coordinator.state.topic.min.isr", inSync);
  }

  /** Lost brokers and lost members of groups are noticed within seconds. */
  private static void quickFailover(Properties p) {
    p.setProperty("group.initial.rebalance.delay.ms", "0");
    p.setProperty("group.min.session.timeout.ms", "1000");
    p.setProperty("group.streams.initial.rebalance.delay.ms", "0");
    p.setProperty("group.streams.min.session.timeout.ms", "1000");
    p.setProperty("group.streams.session.timeout.ms", "4000");
    p.setProperty("group.streams.min.heartbeat.interval.ms", "200");
    p.setProperty("group.streams.heartbeat.interval.ms", "500");
    p.setProperty("group.streams.assignment.interval.ms", "0");
    // A killed broker comes back when its old registration has expired; the default is 9 s.
    p.setProperty("broker.session.timeout.ms", "3000");
    p.setProperty("broker.heartbeat.interval.ms", "500");
    // A dead member's open transaction holds up readers of committed records until it is aborted.
    p.setProperty("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500");
  }

  private static void smallness(Properties p) {
    p.setProperty("offsets.topic.num.partitions", "4");
    p.setProperty("transaction.state.log.num.partitions", "4");
    p.setProperty("share.coordinator.state.topic.num.partitions", "1");
    p.setProperty("log.cleaner.dedupe.buffer.size", "2097152");
    p.setProperty("num.network.threads", "1");
    p.setProperty("num.io.threads", "4");
  }
}
