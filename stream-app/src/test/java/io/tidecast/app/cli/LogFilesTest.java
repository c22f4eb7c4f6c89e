package io.tidecast.app.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log under the product's own configuration. */
class LogFilesTest {
  private static final int FILE = 20_000;
  private static final int TOTAL = 100_000;

  @TempDir Path folder;

  @Test
  void a_fault_that_repeats_itself_without_end_does_not_fill_the_disk() throws Exception {
    LoggerContext context = logging();
    Logger log = context.getLogger("org.example");
    String line = "x".repeat(1000);
    await()
        .atMost(60, SECONDS)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              for (int i = 0; i < 20; i++) {
                log.error("{} {}", i, line);
              }
              return newest() > 12;
            });
    context.stop();
    await().atMost(20, SECONDS).until(() -> bytes() < TOTAL + 2 * FILE);
  }

  @Test
  void a_short_command_removes_what_is_older_than_a_week() throws Exception {
    Path old =
        Files.createFile(
            folder.resolve(
                "log-%s.0.log".formatted(LocalDate.now(ZoneId.systemDefault()).minusDays(9))));
    LoggerContext context = logging();
    await().atMost(20, SECONDS).until(() -> !Files.exists(old));
    context.stop();
  }

  @Test
  void processes_share_a_file() throws Exception {
    LoggerContext one = logging();
    LoggerContext other = logging();
    one.getLogger("org.example").warn("first");
    other.getLogger("org.example").warn("second");
    one.getLogger("org.example").warn("third");
    one.stop();
    other.stop();
    assertThat(files()).hasSize(1);
    assertThat(Files.readString(files().get(0))).containsSubsequence("first", "second", "third");
  }

  private LoggerContext logging() throws Exception {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    context.putProperty("tidecast.log", folder.resolve("log").toString());
    context.putProperty("tidecast.log.file-size", FILE + "");
    context.putProperty("tidecast.log.total-size", TOTAL + "");
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(LogFilesTest.class.getResource("/logback.xml"));
    context.getLogger("io.tidecast").detachAppender("STDERR");
    return context;
  }

  private int newest() {
    return files().stream()
        .mapToInt(f -> Integer.parseInt(f.toString().replaceAll(".*\\.(\\d+)\\.log", "$1")))
        .max()
        .orElse(0);
  }

  private long bytes() {
    return files().stream().mapToLong(f -> f.toFile().length()).sum();
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
