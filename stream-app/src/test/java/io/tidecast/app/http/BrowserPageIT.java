package io.tidecast.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidecast.app.service.ServiceStatus.Stage;
import io.tidecast.app.stream.GaugeFeeder;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/**
 * The page in a real browser: Chromium from the system's packages. Screenshots stay in
 * target/screenshots. Without a browser the tests are skipped with the reason, unless
 * REQUIRE_BROWSER=1 makes that a failure.
 */
class BrowserPageIT {
  private static final String ODD =
      "<img src=x onerror=alert(1)><script>alert(2)</script>\"/ü & co";

  @TempDir private Path profile;
  private @Nullable Browser opened;
  private @Nullable PageFixture page;

  @BeforeEach
  void open() {
    opened = Browser.open(profile);
    page = new PageFixture(Optional.empty());
  }

  @AfterEach
  void close() {
    if (opened != null) {
      opened.close();
    }
    if (page != null) {
      page.close();
    }
  }

  private Browser browser() {
    return Objects.requireNonNull(opened);
  }

  private PageFixture page() {
    return Objects.requireNonNull(page);
  }

  @Test
  void the_page_shows_a_fan_chart_that_moves_in_light_dark_and_on_a_phone() throws Exception {
    SyntheticSeries load = new SyntheticSeries("plant/boiler-1 pressure", 5);
    for (int i = 0; i < 40; i++) {
      new SyntheticSeries("pump-%02d temperature".formatted(i), i).addTo(page().view, 150);
    }
    load.addTo(page().view, 200);
    GaugeFeeder.feed(page().gauges, 5, "TOO_LATE", 2);
    browser().size(1360, 880);
    browser().driver.get(page().url());

    browser().awaitText("count", "41 series");
    browser().awaitText("health", "Running");
    browser().choose("pump-03 temperature");
    browser().awaitText("name", "pump-03 temperature");
    browser().replace("search", "boiler");
    browser().awaitText("count", "1 of 41 series");
    browser().choose("plant/boiler-1 pressure");
    browser().awaitText("name", "plant/boiler-1 pressure");
    assertThat(browser().by("facts").getText()).contains("every 15 min", "200 observations");
    assertThat(browser().by("coverage").getText()).contains("90.2%", "94.7%");
    assertThat(browser().by("experts").getText()).contains("network", "rls");
    assertThat(browser().by("surprises").findElements(By.tagName("li"))).hasSizeGreaterThan(1);
    assertThat(browser().by("fan").getDomAttribute("aria-label"))
        .startsWith("Forecast of plant/boiler-1 pressure: in 24 steps");
    browser().replace("search", "");
    browser().awaitText("count", "41 series");
    browser().awaitText("figure-memory", "62 rows");
    browser().screenshot("light");
    browser().driver.findElement(By.cssSelector("#models summary")).click();
    browser().awaitContains("models-body", "62 of 20,000 rows");

    load.addTo(page().view, 5);
    browser().awaitContains("facts", "205 observations");

    browser().scheme("dark");
    browser().screenshot("dark");

    browser().scheme("light");
    browser().size(390, 844);
    browser().screenshot("phone");
    assertThat(browser().number("return document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(390);
    browser().driver.findElement(By.className("back")).click();
    browser().eventually(() -> assertThat(browser().by("list").isDisplayed()).isTrue());
    browser().screenshot("phone-list");
    browser().assertQuiet(page().url());
  }

  @Test
  void one_wide_band_of_the_past_does_not_flatten_the_chart() {
    browser().driver.get(page().url());
    // forty past steps and one to come: times, edges of the 95, 80 and 50 % band, median, truth
    String shown =
        """
        const done = arguments[0];
        const column = (past, next) => Array(40).fill(past).concat([next]);
        const lower = column(8, 5);
        const upper = column(12, 16);
        lower[3] = -900;
        upper[3] = 900;
        const times = Array.from({ length: 41 }, (_, i) => i);
        const columns = [times, lower, upper, [], [], [], [], column(10, 10), column(11, null)];
        import('/page/fan-chart.js').then((m) => done(m.shown(columns, 39)[%d]));
        """;
    assertThat(browser().asyncNumber(shown.formatted(0))).isEqualTo(5);
    assertThat(browser().asyncNumber(shown.formatted(1))).isEqualTo(16);
  }

  @Test
  void it_is_used_by_keyboard_alone() {
    for (String id : List.of("alpha", "beta", "gamma")) {
      new SyntheticSeries(id, 1).addTo(page().view, 60);
    }
    browser().driver.get(page().url());
    browser().awaitText("name", "alpha");
    browser().press("/");
    browser()
        .eventually(
            () ->
                assertThat(browser().driver.switchTo().activeElement())
                    .isEqualTo(browser().by("search")));
    browser().press("a", Keys.ARROW_DOWN);
    browser().awaitText("name", "alpha");
    browser().press(Keys.ARROW_DOWN, Keys.ARROW_DOWN);
    browser().awaitText("name", "gamma");
    browser().press(Keys.HOME);
    browser().awaitText("name", "alpha");
    assertThat(browser().by("list").getDomAttribute("aria-activedescendant")).isEqualTo("series-0");
    browser().assertQuiet(page().url());
  }

  @Test
  void a_thousand_moving_series_stay_fluid_and_only_rows_in_sight_are_drawn() {
    try (MovingSeries moving = new MovingSeries(page().view, 1_000)) {
      browser().size(1360, 880);
      browser().driver.get(page().url());
      browser().awaitText("count", "1,000 series");
      assertThat(browser().driver.findElements(By.cssSelector("#list [role=option]")))
          .hasSizeLessThan(40);
      Fluidity fluidity = Fluidity.of(browser());
      System.out.printf(
          "1,000 series, each moving %.1f times a second: %s%n", moving.perSecond(), fluidity);
      assertThat(fluidity.frames()).as("frames were drawn").isPositive();
      assertThat(fluidity.events()).as("events came").isPositive();
      assertThat(fluidity.bytesAnEvent()).as("an event names one series, not all").isLessThan(4096);
      assertThat(moving.perSecond()).as("series moved").isPositive();
      browser().driver.executeScript("document.getElementById('list').scrollTop = 1e6");
      browser().awaitRow("sensor-0999");
      browser().assertQuiet(page().url());
    }
  }

  @Test
  void labelled_models_show_their_worth_their_calibration_and_what_they_said() throws Exception {
    SyntheticSamples.addTo(page().view);
    page().view.know(ODD, List.of());
    browser().size(1360, 980);
    browser().driver.get(page().url());
    browser().awaitContains("labelled", "prices");
    assertThat(browser().by("labelled").getText())
        .contains("Accuracy", "80.0%", "Log loss", "up", "RMSE", "8 to 12")
        .contains(ODD, "No predictions yet");
    assertThat(browser().driver.findElements(By.cssSelector("#labelled .curve circle")))
        .hasSizeGreaterThan(3);
    assertThat(browser().driver.findElements(By.cssSelector("#labelled .probabilities")))
        .hasSize(LabelledView.RECENT);
    assertThat(browser().driver.findElements(By.cssSelector("#labelled .missed"))).isNotEmpty();
    browser().screenshot("labelled");
    browser().size(390, 844);
    assertThat(browser().number("return document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(390);
    browser().assertQuiet(page().url());
  }

  @Test
  void labels_of_an_axis_tell_neighbours_apart() {
    browser().driver.get(page().url());
    assertThat(labels("valueTicks([99.9, 99.95, 100], 0.05)"))
        .containsExactly("99.90", "99.95", "100.00");
    assertThat(labels("valueTicks([0, 2e6, 4e6], 2e6)"))
        .containsExactly("0", "2,000,000", "4,000,000");
    assertThat(labels("timeTicks([0, 86400 * 180], 86400)")).doesNotHaveDuplicates().hasSize(2);
    assertThat(labels("timeTicks([0, 30, 60], 30)").get(1)).hasSize("00:00:30".length());
  }

  private List<String> labels(String call) {
    List<?> labels =
        (List<?>)
            Objects.requireNonNull(
                browser()
                    .driver
                    .executeAsyncScript(
                        """
                        const done = arguments[0];
                        import('/page/format.js').then(({ valueTicks, timeTicks }) => done(%s));
                        """
                            .formatted(call)));
    return labels.stream().map(String::valueOf).toList();
  }

  @Test
  void the_name_of_a_series_is_shown_as_text_whatever_it_holds() {
    new SyntheticSeries(ODD, 3).addTo(page().view, 60);
    browser().driver.get(page().url());
    browser().awaitText("name", ODD);
    assertThat(browser().driver.findElements(By.cssSelector("main img, nav img, body script")))
        .isEmpty();
    browser().assertQuiet(page().url());
  }

  @Test
  void empty_restoring_degraded_and_lost_say_what_to_do() throws Exception {
    browser().size(1100, 700);
    browser().driver.get(page().url());
    browser().awaitContains("detail-empty", "tidecast produce");
    browser().screenshot("empty");
    browser().driver.get(page().url() + "#/series/unheard-of");
    browser().awaitContains("detail-empty", "Series 'unheard-of' is not known");
    browser().awaitContains("detail-empty", "choose another from the list");
    page().set(PageFixture.status(Stage.RESTORING, "Kafka Streams is REBALANCING", 250, 1_000));
    browser().awaitText("health", "Restoring 25.0%");
    browser().awaitContains("notice", "250 of 1,000 changelog records");
    page().set(PageFixture.status(Stage.FAILED, "not authorized to write to forecasts", 0, 0));
    browser().awaitContains("notice", "not authorized");
    page().close();
    page = null;
    browser().awaitText("health", "No connection");
    browser().awaitContains("notice", "Is it still running?");
    browser().screenshot("lost");
  }

  @Test
  void a_service_with_a_token_asks_for_it_once() {
    page().close();
    page = new PageFixture(Optional.of("s3cret"));
    new SyntheticSeries("alpha", 1).addTo(page().view, 60);
    browser().driver.get(page().url());
    browser().eventually(() -> assertThat(browser().by("token").isDisplayed()).isTrue());
    browser().by("token").sendKeys("guess", Keys.ENTER);
    browser().eventually(() -> assertThat(browser().by("token-wrong").isDisplayed()).isTrue());
    browser().by("token").sendKeys("s3cret", Keys.ENTER);
    browser().awaitText("name", "alpha");
    browser().driver.navigate().refresh();
    browser().awaitText("name", "alpha");
  }
}
