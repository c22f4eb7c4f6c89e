package io.tidecast.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidecast.app.cli.CommandRun;
import io.tidecast.app.service.ServiceStatus.Stage;
import io.tidecast.app.stream.GaugeFeeder;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tidecast inspect} against the real server over a view that is filled by hand. */
class InspectCommandTest {
  private static final String HOSTILE = "a\u001b[2J/<script> & \u0007";

  @TempDir private Path folder;

  @Test
  void health_posterior_and_trust_are_shown_and_written_for_scripts() throws Exception {
    try (PageFixture page = new PageFixture(Optional.empty())) {
      new SyntheticSeries("pump", 1).addTo(page.view, 60);
      new SyntheticSeries("fan", 2).addTo(page.view, 60);
      GaugeFeeder.feed(page.gauges, 5, "TOO_LATE", 2);
      Path file = folder.resolve("state.json");
      CommandRun run = CommandRun.of("inspect", "--url", page.url(), "--json", file.toString());
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(run.out())
          .contains("RUNNING", "9,000 weights", "remembers 62 of at most 20,000 rows", "pump")
          .contains("network 38 %");
      JsonNode state = new ObjectMapper().readTree(file.toFile());
      assertThat(state.at("/models/0/learner/posterior/sd50").asDouble()).isEqualTo(.02);
      assertThat(state.at("/results/0/series").asText()).isEqualTo("fan");
      assertThat(state.at("/results/0/coverage90").asDouble()).isEqualTo(.902);
      assertThat(state.at("/results/0/epistemicShare").asDouble()).isBetween(.1, .5);

      assertThat(CommandRun.of("inspect", "--url", page.url(), "--series", "PUM").out())
          .contains("pump")
          .doesNotContain("fan ");
      assertThat(CommandRun.of("inspect", "--url", page.url(), "--most", "1").out())
          .contains("and 1 more series");
    }
  }

  @Test
  void models_of_labelled_samples_are_shown_with_their_worth_and_posterior() throws Exception {
    try (PageFixture page = new PageFixture(Optional.empty())) {
      SyntheticSamples.addTo(page.view);
      GaugeFeeder.learner(page.gauges, "prices", 7);
      Path file = folder.resolve("state.json");
      CommandRun run = CommandRun.of("inspect", "--url", page.url(), "--json", file.toString());
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(run.out())
          .contains(
              "model 'prices' of labelled samples: 400 predictions read; 395 labels: accuracy")
          .contains("trusted: ", "network 80 %")
          .contains("partition 0", "7 inputs learned", "9,000 weights")
          .contains("model 'demand' of labelled samples: 1 predictions read; 1 labels: RMSE 4");
      JsonNode state = new ObjectMapper().readTree(file.toFile());
      assertThat(state.at("/labelled/1/learners/0/learner/posterior/parameters").asInt())
          .isEqualTo(9_000);
      assertThat(state.at("/labelled/0/learners")).isEmpty();
    }
  }

  @Test
  void a_service_that_does_not_forecast_gives_exit_code_1_and_the_reason() {
    try (PageFixture page = new PageFixture(Optional.empty())) {
      page.set(PageFixture.status(Stage.RESTORING, "REBALANCING", 10, 40));
      CommandRun run = CommandRun.of("inspect", "--url", page.url());
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.out()).contains("RESTORING", "10 of 40 changelog records");
    }
  }

  @Test
  void a_token_is_taken_from_the_settings_and_its_lack_is_said() {
    try (PageFixture page = new PageFixture(Optional.of("s3cret"))) {
      CommandRun without = CommandRun.of("inspect", "--url", page.url());
      assertThat(without.code()).isEqualTo(2);
      assertThat(without.err()).contains("401", "http.token");
      assertThat(CommandRun.of("inspect", "--url", page.url(), "--set", "http.token=s3cret").code())
          .isZero();
    }
  }

  @Test
  void a_series_can_be_called_anything() throws Exception {
    try (PageFixture page = new PageFixture(Optional.empty())) {
      new SyntheticSeries(HOSTILE, 1).addTo(page.view, 60);
      Path file = folder.resolve("state.json");
      CommandRun run = CommandRun.of("inspect", "--url", page.url(), "--json", file.toString());
      assertThat(run.code()).isZero();
      assertThat(run.out()).doesNotContain("\u001b", "\u0007");
      assertThat(new ObjectMapper().readTree(file.toFile()).at("/results/0/series").asText())
          .isEqualTo(HOSTILE);
    }
  }
}
