package io.tidecast.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidecast.app.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** A headless Chromium from the system's packages. */
final class Browser implements AutoCloseable {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /**
   * Opens a browser, or skips the test with the reason where there is none; under REQUIRE_BROWSER=1
   * that is a failure.
   */
  static Browser open(Path profile) {
    Optional<Path> chromium = find("chromium", "chromium-browser", "google-chrome");
    Optional<Path> driver = find("chromedriver");
    boolean there = chromium.isPresent() && driver.isPresent();
    String missing =
        "no browser: chromium and chromedriver are needed on the PATH (Debian: apt-get install"
            + " chromium chromium-driver)";
    Requirement.orSkip("REQUIRE_BROWSER", there, missing);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.orElseThrow().toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--lang=en-GB",
        "--user-data-dir=" + profile);
    options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL", "performance", "ALL"));
    return new Browser(
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(driver.orElseThrow().toFile())
                .usingAnyFreePort()
                .build(),
            options));
  }

  private static Optional<Path> find(String... names) {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    return Stream.of(names)
        .flatMap(name -> Stream.of(path.split(":")).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  WebElement by(String id) {
    return driver.findElement(By.id(id));
  }

  /** Waits until a statement about the page holds. */
  void eventually(ThrowingRunnable statement) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .ignoreException(StaleElementReferenceException.class)
        .untilAsserted(statement);
  }

  void awaitText(String id, String text) {
    eventually(() -> assertThat(by(id).getText()).as(id).isEqualTo(text));
  }

  void awaitContains(String id, String text) {
    eventually(() -> assertThat(by(id).getText()).as(id).contains(text));
  }

  void awaitRow(String series) {
    eventually(() -> assertThat(rows(series)).as(series).isNotEmpty());
  }

  /** Clicks a series in the list. */
  void choose(String series) {
    eventually(
        () -> {
          List<WebElement> rows = rows(series);
          assertThat(rows).as(series).hasSize(1);
          rows.get(0).click();
        });
  }

  private List<WebElement> rows(String series) {
    return driver.findElements(By.cssSelector("#list .row-name")).stream()
        .filter(e -> e.getText().equals(series))
        .toList();
  }

  void replace(String id, String text) {
    by(id).sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE, text);
  }

  /** Presses keys wherever the focus is. */
  void press(CharSequence... keys) {
    for (CharSequence k : keys) {
      driver.switchTo().activeElement().sendKeys(k);
    }
  }

  double number(String script) {
    return ((Number) Objects.requireNonNull(driver.executeScript(script))).doubleValue();
  }

  /** What an asynchronous script tells its callback. */
  double asyncNumber(String script) {
    return ((Number) Objects.requireNonNull(driver.executeAsyncScript(script))).doubleValue();
  }

  void size(int width, int height) {
    driver.manage().window().setSize(new Dimension(width, height));
    // The window has a least width; what a phone shows is set at the device.
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 2, "mobile", width < 600));
  }

  void scheme(String lightOrDark) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", lightOrDark))));
  }

  void screenshot(String name) throws IOException {
    // What was drawn last must have reached the screen.
    driver.executeAsyncScript(
        "const done = arguments[0]; requestAnimationFrame(() => setTimeout(done, 300));");
    Files.createDirectories(SCREENSHOTS);
    Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
  }

  /** Asserts that the console is empty and that nothing was asked of any other server. */
  void assertQuiet(String url) {
    assertThat(driver.manage().logs().get("browser").getAll()).as("console").isEmpty();
    assertThat(
            driver.manage().logs().get("performance").getAll().stream()
                .map(e -> e.getMessage())
                .filter(m -> m.contains("\"Network.requestWillBeSent\""))
                .map(m -> m.replaceAll("(?s).*\"request\":\\{.*?\"url\":\"([^\"]*)\".*", "$1")))
        // Without the browser's own start page, which asks nobody.
        .filteredOn(asked -> asked.matches("(http|ws)s?:.*"))
        .isNotEmpty()
        .allSatisfy(asked -> assertThat(asked).startsWith(url));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
