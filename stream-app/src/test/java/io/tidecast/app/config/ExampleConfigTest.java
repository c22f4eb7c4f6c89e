package io.tidecast.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The example configurations are what the documentation takes them for. */
class ExampleConfigTest {
  private static final Path FOLDER = Path.of("..", "examples", "config");

  @Test
  void every_example_is_valid() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(FOLDER)) {
      files = all.filter(f -> f.toString().endsWith(".yaml")).toList();
    }
    assertThat(files).hasSizeGreaterThanOrEqualTo(4);
    assertThat(files).allSatisfy(f -> assertThat(load(f).applicationId()).isNotBlank());
  }

  @Test
  void the_secured_example_reaches_the_clients_and_shows_no_secret() {
    TidecastConfig config = load(FOLDER.resolve("secured-cluster.yaml"));
    assertThat(config.clientProperties())
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("sasl.mechanism", "SCRAM-SHA-512");
    assertThat(config.registryProperties())
        .containsEntry("schema.registry.basic.auth.credentials.source", "USER_INFO");
    assertThat(config.masked().toString()).doesNotContain("change-me");
  }

  @Test
  void the_gpu_example_never_falls_back_to_the_cpu() {
    assertThat(load(FOLDER.resolve("gpu.yaml")).requireGpu()).isTrue();
  }

  private static TidecastConfig load(Path file) {
    return new ConfigSources().file(file).load();
  }
}
