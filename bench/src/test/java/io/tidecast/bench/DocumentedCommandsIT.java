package io.tidecast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidecast.platform.LocalPlatform;
import io.tidecast.platform.LocalPlatformSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command of the documentation is typed against a real broker, registry and service, with
 * addresses and files that are there and times that are short ({@link Typist}). The few that are
 * not typed are named here, with the reason.
 */
class DocumentedCommandsIT {
  /** Beginnings of commands of Tidecast that are not typed, and why. */
  private static final Map<String, String> NOT_TYPED =
      Map.of(
          "demo --csv", "another demo takes half a minute; `demo` itself is run, see below",
          "bench forecasting", "needs recorded series, or a quiet minute with --speed",
          "bench inference", "needs recorded series and minutes",
          "bench uci", "needs the tables, which may not be shipped",
          "bench ood", "needs pictures, which may not be shipped",
          "bench service", "minutes; ServiceBenchmarkIT runs it with fewer inputs",
          "bench speed", "minutes; SpeedTest runs what it measures",
          "acls --principal User:tidecast --config admin.yaml --grant",
              "needs a secured cluster; SecurityIT types it",
          "run --config examples/config/secured-cluster.yaml",
              "needs a secured cluster; SecurityIT runs one");

  /** Other programs' commands in the documentation, and where they are run. */
  private static final Map<String, String> OTHERS =
      Map.of(
          "mvn verify", "this build",
          "mvn -DskipTests package", "the beginning of this build",
          "docker compose", "deploy/try/compose.sh",
          "tar xzf tidecast-*.tar.gz", "deploy/try/archive.sh",
          "cd tidecast-*/", "deploy/try/archive.sh",
          "mvn compile exec:java", "HandsOnIT compiles the program and runs it",
          "python3 forecast_client.py", "needs a library of PyPI; its page says when it was run");

  @TempDir private Path folder;

  @Test
  void every_command_is_typed_or_has_its_reason() throws Exception {
    Set<String> commands = new LinkedHashSet<>();
    for (String page : DocumentedCommands.pages().values()) {
      commands.addAll(DocumentedCommands.in(page));
    }
    Map<String, Typist.Result> failed = new LinkedHashMap<>();
    List<String> typed = new ArrayList<>();
    int stopped = -1;
    try (LocalPlatform platform = LocalPlatform.start(LocalPlatformSettings.temporary());
        Typist typist = new Typist(platform, folder)) {
      for (String command : inOrder(commands)) {
        if (command.equals("demo") || reason(NOT_TYPED, command).isPresent()) {
          continue;
        }
        if (command.startsWith("reset") && stopped < 0) {
          stopped = typist.stop();
        }
        typed.add(command);
        long began = System.nanoTime();
        Typist.Result result = typist.type(command);
        System.out.printf("%5.1f s  %s%n", (System.nanoTime() - began) / 1e9, command);
        if (result.code() != result.expected()) {
          failed.put(command, result);
        }
      }
    }
    assertThat(failed).isEmpty();
    assertThat(stopped).as("exit code of the service after Ctrl-C").isEqualTo(130);
    assertThat(typed).hasSizeGreaterThan(30);
    assertThat(NOT_TYPED.keySet())
        .as("reasons for commands that nobody is told to type")
        .allMatch(
            start ->
                start.equals("bench ood") || commands.stream().anyMatch(c -> c.startsWith(start)));
  }

  @Test
  void the_demo_moves_and_ends_in_good_order_at_ctrl_c() throws Exception {
    try (Child demo = Child.start(folder, List.of("demo"))) {
      demo.await("90 % band held");
      assertThat(demo.text()).contains("live page at http://127.0.0.1:");
      assertThat(demo.interrupt()).isEqualTo(130);
      assertThat(demo.text()).contains("stopping", "stopped");
      assertThat(demo.descendants()).as("processes left behind").isEmpty();
    }
  }

  @Test
  void every_other_command_is_run_somewhere() throws IOException {
    for (Map.Entry<Path, String> page : DocumentedCommands.pages().entrySet()) {
      assertThat(DocumentedCommands.others(page.getValue()))
          .as("commands in %s", page.getKey())
          .allMatch(command -> reason(OTHERS, command).isPresent());
    }
  }

  private static Optional<String> reason(Map<String, String> reasons, String command) {
    return reasons.keySet().stream().filter(command::startsWith).findFirst();
  }

  /** Topics come first, then the service; what needs it stopped comes last. */
  private static List<String> inOrder(Set<String> commands) {
    List<String> order = List.of("topics", "run", "produce", "", "reset");
    List<String> sorted = new ArrayList<>();
    for (String first : order) {
      commands.stream()
          .filter(
              c ->
                  first.isEmpty()
                      ? !order.contains(c.split(" ", 2)[0])
                      : c.split(" ", 2)[0].equals(first))
          .forEach(sorted::add);
    }
    return sorted;
  }
}
