package io.tidecast.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidecast.app.cli.CommandRun;
import io.tidecast.app.config.ConfigSources;
import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.http.LivePage;
import io.tidecast.app.service.TidecastService;
import io.tidecast.platform.LocalPlatform;
import io.tidecast.platform.LocalPlatformSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the quick start tells a newcomer to do, and the Java client, against a real cluster. */
class HandsOnIT {
  private static final Path CLIENT =
      Path.of("..", "examples", "java", "src", "main", "java", "example", "ForecastClient.java");
  private static final int FORECASTS = 60;

  @TempDir private Path folder;

  @Test
  void the_commands_of_the_quick_start_work_together() throws Exception {
    try (LocalPlatform platform = LocalPlatform.start(LocalPlatformSettings.temporary())) {
      Path file = settings(platform);
      JsonNode missing = json("topics", "--config", file.toString(), "--dry-run");
      assertThat(missing.get("results")).isNotEmpty().allMatch(t -> !t.get("existed").asBoolean());
      JsonNode created = json("topics", "--config", file.toString());
      assertThat(created.get("results")).allMatch(t -> t.get("created").asBoolean());

      TidecastConfig config = new ConfigSources().file(file).load();
      try (LivePage page = Objects.requireNonNull(LivePage.open(config, line -> {}));
          TidecastService service = TidecastService.start(config, line -> {})) {
        page.attach(service, config);
        assertThat(client(platform))
            .hasSize(FORECASTS)
            .allMatch(line -> line.matches("wave at .*: next .*, 90 % band .* to .*"));
        JsonNode sent = json("produce", "--config", file.toString(), "--csv", csv().toString());
        assertThat(sent.get("observations").asLong()).isEqualTo(40);
        assertThat(CommandRun.of("watch", "--config", file.toString(), "--duration", "2s").out())
            .contains("wave", "forecasts seen");
        JsonNode watched = json("watch", "--config", file.toString(), "--duration", "1s");
        assertThat(watched.get("seen").asLong()).isPositive();
        assertThat(watched.get("newest").findValuesAsText("seriesId")).contains("wave");
        assertThat(watched.at("/newest/0/leadTimes/0/quantiles").size()).isGreaterThan(3);
        JsonNode state = json("inspect", "--url", page.url());
        assertThat(state.at("/health/ready").asBoolean()).isTrue();
        assertThat(state.at("/models/0/learner/posterior/steps").asLong()).isPositive();
        assertThat(state.at("/models/0/learner/posterior/memoryInForce").asDouble()).isPositive();
        assertThat(state.get("results").findValuesAsText("series")).contains("wave");
        assertThat(state.at("/results/0/expertWeights").size()).isEqualTo(4);
        assertThat(json("dead-letters", "--config", file.toString()).get("results")).isEmpty();
      }
    }
  }

  private Path settings(LocalPlatform platform) throws IOException {
    return Files.writeString(
        folder.resolve("tidecast.yaml"),
        """
        kafka.bootstrap.servers: %s
        schema.registry.url: %s
        state-dir: %s
        topics.partitions: 1
        http.port: 0
        forecast: {context: 16, horizon: 4}
        """
            .formatted(
                platform.bootstrapServers(), platform.registryUrl(), folder.resolve("state")));
  }

  private Path csv() throws IOException {
    StringBuilder rows = new StringBuilder("time,A,B\n");
    for (int t = 0; t < 20; t++) {
      rows.append("2024-01-01 %02d:00:00,%d,%d%n".formatted(t, t % 5, t % 3));
    }
    return Files.writeString(folder.resolve("data.csv"), rows);
  }

  /** Compiles the example as it stands and runs it in a process of its own. */
  private List<String> client(LocalPlatform platform) throws IOException, InterruptedException {
    String classPath = System.getProperty("java.class.path");
    int faults =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-cp", classPath, "-d", folder.toString(), CLIENT.toString());
    assertThat(faults).as("faults of the compiler").isZero();
    Path out = folder.resolve("client.out");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                folder + ":" + classPath,
                "example.ForecastClient",
                platform.bootstrapServers(),
                platform.registryUrl(),
                "wave",
                Integer.toString(FORECASTS))
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("client.err").toFile())
            .start();
    try {
      assertThat(process.waitFor(180, TimeUnit.SECONDS)).as("the client ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("client.err"))).isZero();
    try (Stream<String> lines = Files.lines(out, StandardCharsets.UTF_8)) {
      return lines.filter(line -> line.startsWith("wave")).limit(FORECASTS).toList();
    }
  }

  private JsonNode json(String... args) throws IOException {
    Path file = folder.resolve("out.json");
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--json", file.toString()));
    CommandRun result = CommandRun.of(all.toArray(String[]::new));
    assertThat(result.code()).as(result.err()).isZero();
    return new ObjectMapper().readTree(file.toFile());
  }
}
