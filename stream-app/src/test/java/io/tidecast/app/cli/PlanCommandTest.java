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

  @Test
  void a_model_of_labelled_samples_is_planned_with_its_replay_full() throws Exception {
    String[] model = {
      "--model", "m",
      "--set", "forecast.enabled=false",
      "--set", "models.m.task=classification",
      "--set", "models.m.classes=3",
      "--set", "models.m.features=x,day=mon|tue|wed,city=hash(64)",
      "--set", "models.m.replay-rows=100000"
    };
    JsonNode plan = plan(model);
    assertThat(plan.get("model").asText()).isEqualTo("m");
    assertThat(plan.get("parameters").asInt()).isEqualTo(68 * 64 + 64 + 64 * 3 + 3 + 68 * 3);
    assertThat(plan.get("samplesPerSecond").asDouble()).isPositive();
    assertThat(plan.get("stepsPerSecond").asDouble()).isPositive();
    assertThat(plan.get("snapshotBytes").asLong()).isGreaterThan(100_000 * 4 * 68);
    assertThat(plan.get("changelogBytes").asLong())
        .isEqualTo(2 * 2 * plan.get("snapshotBytes").asLong());
    assertThat(plan.get("heapBytes").asLong()).isGreaterThan(2 * 100_000 * 4 * 68);
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
    assertThat(run.out()).contains("weights", "/s in one process", "changelogs");
    return new ObjectMapper().readTree(file.toFile());
  }
}
