package io.tidecast.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidecast.schemas.Topics;
import io.tidecast.schemas.avro.Observation;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPlatformIT {
  private static final Topics TOPICS = Topics.standard();

  @Test
  void data_registry_and_addresses_survive_a_restart_in_the_same_folder(@TempDir Path folder)
      throws Exception {
    LocalPlatformSettings settings = LocalPlatformSettings.temporary().withDataDir(folder);
    Observation observation = TestData.observation("pump-7", 1.5);
    String bootstrap;
    String registry;
    try (LocalPlatform platform = LocalPlatform.start(settings)) {
      bootstrap = platform.bootstrapServers();
      registry = platform.registryUrl();
      TestData.create(platform, TOPICS);
      TestData.produce(platform, TOPICS, List.of(observation));
      assertThat(TestData.consume(platform, TOPICS, 1)).containsExactly(observation);
    }
    try (LocalPlatform platform = LocalPlatform.start(settings)) {
      assertThat(platform.bootstrapServers()).isEqualTo(bootstrap);
      assertThat(platform.registryUrl()).isEqualTo(registry);
      assertThat(TestData.consume(platform, TOPICS, 1)).containsExactly(observation);
    }
  }

  @Test
  void killed_servers_come_back_on_the_same_ports_with_what_they_had() throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    Path folder;
    try (LocalPlatform platform =
        LocalPlatform.start(LocalPlatformSettings.temporary().withProgress(told::add))) {
      folder = platform.dataDir();
      assertThat(told).contains("broker-1 starting…", "registry starting…");
      assertThat(told).anyMatch(line -> line.matches("registry ready in \\d+\\.\\d s"));
      Observation before = TestData.observation("a", 1);
      Observation after = TestData.observation("a", 2);
      TestData.create(platform, TOPICS);
      TestData.produce(platform, TOPICS, List.of(before));

      PlatformProcess broker = platform.brokers().get(0);
      long pid = broker.pid();
      broker.kill();
      platform.registry().kill();
      assertThat(broker.isAlive()).isFalse();
      assertThat(platform.registry().isAlive()).isFalse();
      broker.start();
      platform.registry().start();

      assertThat(broker.pid()).isNotEqualTo(pid);
      TestData.produce(platform, TOPICS, List.of(after));
      assertThat(TestData.consume(platform, TOPICS, 2)).containsExactly(before, after);

      assertThatThrownBy(
              () -> LocalPlatform.start(LocalPlatformSettings.temporary().withDataDir(folder)))
          .isInstanceOf(PlatformException.class)
          .hasMessageContaining(folder.toString())
          .hasMessageContaining("another local platform is using it");
    }
    assertThat(folder).doesNotExist();
  }

  @Test
  void a_server_that_dies_at_its_start_is_reported_with_the_end_of_its_log(@TempDir Path folder)
      throws IOException {
    // A file where the broker needs its log folder.
    Files.writeString(folder.resolve("broker-1"), "in the way");
    LocalPlatformSettings settings = LocalPlatformSettings.temporary().withDataDir(folder);

    assertThatThrownBy(() -> LocalPlatform.start(settings))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("broker-1: ended with status")
        .hasMessageContaining(folder.resolve("logs").resolve("broker-1.log").toString())
        .hasMessageContaining(folder.resolve("broker-1").toString());
  }

  @Test
  void a_port_taken_meanwhile_is_replaced_and_the_user_is_told(@TempDir Path folder)
      throws IOException {
    Addresses kept = Addresses.in(folder, 1, line -> {});
    List<String> told = new CopyOnWriteArrayList<>();
    try (ServerSocket other = new ServerSocket()) {
      other.bind(Ports.address(kept.registry()));
      Addresses again = Addresses.in(folder, 1, told::add);

      assertThat(again.clusterId()).isEqualTo(kept.clusterId());
      assertThat(again.brokers()).isEqualTo(kept.brokers());
      assertThat(again.registry()).isNotEqualTo(kept.registry());
    }
    assertThat(told)
        .singleElement()
        .asString()
        .contains("port " + kept.registry())
        .contains("taken");
  }

  @Test
  void data_of_one_broker_is_refused_to_three(@TempDir Path folder) {
    Addresses.in(folder, 1, line -> {});

    assertThatThrownBy(() -> Addresses.in(folder, 3, line -> {}))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("belongs to 1 broker(s), not to 3");
  }
}
