package io.tidecast.engine.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LibraryExampleTest {
  @Test
  void the_example_of_the_readme_runs_and_its_band_holds_the_truth() {
    String said = LibraryExample.run();
    double[] numbers =
        java.util.regex.Pattern.compile("-?\\d+\\.\\d+")
            .matcher(said)
            .results()
            .mapToDouble(match -> Double.parseDouble(match.group()))
            .toArray();
    assertThat(Math.sin(1.5)).isBetween(numbers[1], numbers[2]);
    assertThat(numbers[2] - numbers[1]).isLessThan(1.5);
  }

  @Test
  void the_readme_shows_exactly_this_example() throws Exception {
    String source =
        Files.readString(Path.of("src/test/java/io/tidecast/engine/example/LibraryExample.java"));
    String shown =
        source
            .substring(
                source.indexOf("// README: begin\n") + "// README: begin\n".length(),
                source.indexOf("    // README: end"))
            .stripTrailing()
            .stripIndent()
            .strip();
    assertThat(Files.readString(Path.of("README.md"))).contains(shown);
  }
}
