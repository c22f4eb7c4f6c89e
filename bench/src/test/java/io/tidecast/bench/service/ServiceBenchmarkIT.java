package io.tidecast.bench.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidecast.app.Tidecast;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A burst of the smallest size, through the command. */
class ServiceBenchmarkIT {
  @TempDir private Path folder;

  @Test
  void a_burst_is_learned_and_survives_the_loss_of_process_and_disk() throws Exception {
    Path json = folder.resolve("service.json");
    int exit =
        Tidecast.commandLine()
            .execute("bench", "service", "--inputs", "1000", "--json", json.toString());

    assertThat(exit).isZero();
    JsonNode report = new ObjectMapper().readTree(json.toFile());
    assertThat(report.get("inputs").asInt()).isEqualTo(1000);
    assertThat(report.get("refused").asInt()).isZero();
    assertThat(report.get("rebalances").asInt()).isZero();
    assertThat(report.get("learnedPerSecond").asDouble()).isPositive();
    assertThat(report.get("cpuMicrosPerInput").asDouble()).isPositive();
    assertThat(report.get("memoryMiB")).hasSize(10);
    assertThat(report.get("largestMemoryMiB").asDouble()).isPositive();
    assertThat(report.get("restartSeconds").asDouble()).isPositive();
  }
}
