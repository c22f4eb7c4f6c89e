package io.tidecast.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidecast.app.Tidecast;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
  @TempDir private Path folder;

  @Test
  void a_users_mistake_is_answered_in_a_sentence_with_exit_code_2_and_no_stack_trace() {
    assertMistake("no such file", "demo", "--csv", folder.resolve("none.csv").toString());
    assertMistake("unknown setting 'forecast.horzon'", "run", "--set", "forecast.horzon=3");
    assertMistake("no such file", "run", "--config", folder.resolve("none.yaml").toString());
    assertMistake("is not a duration", "demo", "--duration", "soon");
    assertMistake("Unknown option: '--colour'", "watch", "--colour");
    assertMistake("not a regular expression", "watch", "--series", "(");
    assertMistake(
        "expected a file in a folder that exists",
        "demo",
        "--json",
        folder.resolve("no/out.json").toString());
  }

  @Test
  void a_broker_that_does_not_answer_is_said_with_its_address_and_what_to_do() {
    for (String command : new String[] {"run", "topics", "watch", "produce"}) {
      assertMistake(
          "Kafka at 127.0.0.1:1 (kafka.bootstrap.servers) does not answer",
          command,
          "--bootstrap-server",
          "127.0.0.1:1",
          "--set",
          "kafka.default.api.timeout.ms=300",
          "--set",
          "kafka.request.timeout.ms=200");
    }
  }

  @Test
  void every_command_explains_itself_with_an_example() {
    for (String command : Tidecast.commandLine().getSubcommands().keySet()) {
      if (!command.equals("help")) {
        CommandRun result = CommandRun.of(command, "--help");
        assertThat(result.code()).isZero();
        assertThat(result.out())
            .contains("Usage: tidecast " + command, "Examples:", "Exit codes:", "130, 143");
      }
    }
  }

  @Test
  void a_service_that_is_not_there_is_a_mistake_with_its_address() {
    assertMistake(
        "nothing answers at http://127.0.0.1:1", "inspect", "--url", "http://127.0.0.1:1");
    assertMistake("is no address", "inspect", "--url", "not an address");
    assertMistake("name it with --url", "inspect", "--set", "http.port=0");
    assertMistake("--series of at least 1", "plan", "--series", "0");
  }

  @Test
  void a_shell_takes_the_completion_and_knows_every_command() throws Exception {
    CommandRun result = CommandRun.of("completion");
    assertThat(result.code()).isZero();
    Path script = Files.writeString(folder.resolve("completion.bash"), result.out());
    Process bash =
        new ProcessBuilder(
                "bash",
                "-c",
                "source '%s' && complete -p tidecast && COMP_WORDS=(tidecast p) && COMP_CWORD=1 && _complete_tidecast && echo ${COMPREPLY[@]}"
                    .formatted(script))
            .redirectErrorStream(true)
            .start();
    String said = new String(bash.getInputStream().readAllBytes(), UTF_8);
    assertThat(bash.waitFor()).as(said).isZero();
    assertThat(said).contains("_complete_tidecast", "produce", "plan");
  }

  @Test
  void what_is_not_a_terminal_gets_no_colours() {
    assertThat(CommandRun.of("--help").out() + CommandRun.of("run", "--set", "x=1").err())
        .doesNotContain("\u001b");
  }

  private static void assertMistake(String message, String... args) {
    CommandRun result = CommandRun.of(args);
    assertThat(result.code()).as(result.err()).isEqualTo(2);
    assertThat(result.err()).contains("error: ", message).doesNotContain("\tat ", "Exception");
  }
}
