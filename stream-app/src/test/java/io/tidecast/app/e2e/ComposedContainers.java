package io.tidecast.app.e2e;

import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import io.tidecast.app.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** Containers of the images that docker-compose.yml names, on a network of their own. */
final class ComposedContainers implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String WITHIN = "kafka:29092";
  private static final String SERVICE =
      Objects.requireNonNullElse(System.getenv("TIDECAST_IMAGE"), "tidecast");

  private final Network network = Network.newNetwork();
  private final KafkaContainer kafka;
  private final GenericContainer<?> registry;

  private ComposedContainers() throws IOException {
    kafka = new KafkaContainer(image("apache/kafka")).withNetwork(network).withListener(WITHIN);
    registry =
        new GenericContainer<>(image("apicurio/apicurio-registry"))
            .withNetwork(network)
            .withNetworkAliases("registry")
            .withEnv("APICURIO_STORAGE_KIND", "kafkasql")
            .withEnv("APICURIO_KAFKASQL_BOOTSTRAP_SERVERS", WITHIN)
            .withExposedPorts(8080)
            .waitingFor(
                Wait.forHttp("/apis/ccompat/v7/subjects")
                    .forStatusCode(200)
                    .withStartupTimeout(PATIENCE));
  }

  /**
   * Starts broker and registry, or skips the test where there is no Docker or no image of the
   * service; under REQUIRE_DOCKER=1 that is a failure.
   */
  static ComposedContainers start() throws IOException {
    boolean docker = DockerClientFactory.instance().isDockerAvailable();
    Requirement.orSkip("REQUIRE_DOCKER", docker, "no Docker engine answers");
    Requirement.orSkip(
        "REQUIRE_DOCKER",
        isBuilt(),
        "no image '%s': docker build -t %s .".formatted(SERVICE, SERVICE));
    ComposedContainers started = new ComposedContainers();
    try {
      started.kafka.start();
      started.registry.start();
      return started;
    } catch (RuntimeException e) {
      started.close();
      throw e;
    }
  }

  private static boolean isBuilt() {
    try {
      DockerClientFactory.instance().client().inspectImageCmd(SERVICE).exec();
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }

  /** The image with the version of docker-compose.yml. */
  private static DockerImageName image(String name) throws IOException {
    String compose = Files.readString(Path.of("..", "docker-compose.yml"));
    Matcher image = Pattern.compile("image: (" + name + ":\\S+)").matcher(compose);
    if (!image.find()) {
      throw new IllegalStateException("docker-compose.yml names no image " + name);
    }
    return DockerImageName.parse(image.group(1));
  }

  String bootstrapServers() {
    return kafka.getBootstrapServers();
  }

  String registryUrl() {
    return "http://%s:%d/apis/ccompat/v7"
        .formatted(registry.getHost(), registry.getMappedPort(8080));
  }

  /** The service, not yet started, with as few rights as in docker-compose.yml. */
  GenericContainer<?> service() {
    return new GenericContainer<>(DockerImageName.parse(SERVICE))
        .withNetwork(network)
        .withEnv("TIDECAST_KAFKA_BOOTSTRAP_SERVERS", WITHIN)
        .withEnv("TIDECAST_SCHEMA_REGISTRY_URL", "http://registry:8080/apis/ccompat/v7")
        .withEnv("TIDECAST_TOPICS_PARTITIONS", "1")
        .withEnv("TIDECAST_FORECAST_HORIZON", "6")
        .withEnv("TIDECAST_FORECAST_CONTEXT", "16")
        .withEnv("TIDECAST_FORECAST_INTERVAL", "1m")
        .withExposedPorts(8600)
        .withCreateContainerCmdModifier(
            command -> {
              HostConfig host = Objects.requireNonNull(command.getHostConfig());
              host.withReadonlyRootfs(true).withCapDrop(Capability.ALL);
            })
        .waitingFor(Wait.forHealthcheck().withStartupTimeout(PATIENCE));
  }

  @Override
  public void close() {
    registry.close();
    kafka.close();
    network.close();
  }
}
