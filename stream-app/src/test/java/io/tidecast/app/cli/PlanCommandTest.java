package io.tidecast.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {
  @TempDir private Path folder;

  @Test
  void a_plan_carries_measured_rates_and_sizes_on_to_the_series_asked_for() throws Exception {
    JsonNode few = plan("--series", "2");
    JsonNode many = plan("--series", "2000", "--every", "1s");
    assertThat(few.get("parameters").asInt()).isEqualTo(many.get("parameters").asInt());
    assertThat(few.get("parameters").asInt()).isGreaterThan(500);
    assertThat(few.get("observationsPerSecond").asDouble()).isPositive();
    assertThat(few.get("stepsPerSecond").asDouble()).isPositive();
    assertThat(few.get("neededPerSecond").isNull()).isTrue();
    assertThat(many.get("neededPerSecond").asDouble()).isEqualTo(2000);
    assertThat(many.get("processes").asLong()).isPositive();
    assertThat(many.get("seriesPerPartition").asLong()).isEqualTo(1000);
    assertThat(many.get("snapshotBytes").asLong()).isGreaterThan(few.get("snapshotBytes").asLong());
    assertThat(many.get("changelogBytes").asLong())
        .isEqualTo(2 * 2 * many.get("snapshotBytes").asLong());
    assertThat(many.get("heapBytes").asLong()).isGreaterThan(few.get("heapBytes").asLong());
  }

  private JsonNode plan(String... more) throws Exception {
    Path file = folder.resolve("plan.json");
    String[] args = {
      "plan",
      "--measure",
      "200ms",
      "--json",
      file.toString(),
      "--set",
      "topics.partitions=2",
      "--set",
      "engine.device=cpu",
      "--set",
      "forecast.context=8",
      "--set",
      "forecast.horizon=3"
    };
    String[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    CommandRun run = CommandRun.of(all);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("weights", "observations/s", "changelogs");
    return new ObjectMapper().readTree(file.toFile());
  }
}
