package io.tidecast.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class PrintedProgressTest {
  private final StringWriter text = new StringWriter();

  private String shown(boolean terminal) {
    PrintedProgress progress = new PrintedProgress(new PrintWriter(text), terminal);
    progress.start("ETTh1/OT", 20);
    for (int i = 1; i <= 20; i++) {
      progress.done(i);
    }
    progress.end();
    return text.toString();
  }

  @Test
  void a_file_gets_one_line_for_each_tenth() {
    assertThat(shown(false).lines())
        .hasSize(10)
        .startsWith("ETTh1/OT: 10 %")
        .endsWith("ETTh1/OT: 100 %");
  }

  @Test
  void a_terminal_gets_a_full_bar_on_one_line() {
    assertThat(shown(true))
        .startsWith("\rETTh1/OT ")
        .contains("####################")
        .contains("100 %")
        .endsWith(System.lineSeparator());
    assertThat(text.toString().trim().lines()).hasSize(1);
  }
}
