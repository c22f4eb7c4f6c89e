package io.tidecast.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidecast.app.stream.GaugeFeeder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The table in docs/metrics.md is what the service exposes; run with {@code
 * -Dtidecast.write-docs=true} to write it anew. Dashboard and alerts name nothing else.
 */
class MetricsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "metrics.md");
  private static final Path DEPLOY = Path.of("..", "deploy");
  private static final String BEGIN = "<!-- table: generated -->\n";
  private static final String END = "<!-- table: end -->\n";
  private static final Pattern HELP = Pattern.compile("# HELP (tidecast_\\S+) (.*)");
  private static final Pattern TYPE = Pattern.compile("# TYPE (tidecast_\\S+) (\\S+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");
  private static final Pattern NAME = Pattern.compile("\\b(tidecast_\\w+|jvm_\\w+)");

  @Test
  void the_page_lists_the_figures_as_they_are() throws IOException {
    String page = Files.readString(PAGE);
    int from = page.indexOf(BEGIN) + BEGIN.length();
    int to = page.indexOf(END);
    String expected = page.substring(0, from) + table(scrape()) + page.substring(to);
    if (Boolean.getBoolean("tidecast.write-docs")) {
      Files.writeString(PAGE, expected);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(expected);
  }

  @Test
  void accepted_and_refused_add_up_to_received() {
    String scrape = scrape();
    assertThat(value(scrape, "tidecast_observations_received_total")).isEqualTo(7);
    assertThat(value(scrape, "tidecast_observations_accepted_total")).isEqualTo(5);
    assertThat(value(scrape, "tidecast_observations_refused_total{reason=\"TOO_LATE\"}"))
        .isEqualTo(2);
  }

  @Test
  void every_learner_tells_its_memory_and_its_journal() {
    String scrape = scrape();
    for (String model : List.of("", "fraud")) {
      String labels = "{model=\"%s\",partition=\"0\"}".formatted(model);
      assertThat(value(scrape, "tidecast_journal_bytes" + labels)).isEqualTo(4_096);
      assertThat(value(scrape, "tidecast_model_memory_rows" + labels)).isEqualTo(62);
    }
  }

  @Test
  void the_dashboard_names_only_figures_that_exist() throws IOException {
    JsonNode dashboard =
        new ObjectMapper().readTree(DEPLOY.resolve("grafana/dashboards/tidecast.json").toFile());
    List<String> expressions = new ArrayList<>();
    dashboard.findValues("expr").forEach(e -> expressions.add(e.asText()));
    assertThat(expressions).hasSizeGreaterThan(15);
    assertNamesExist(expressions);
  }

  @Test
  void the_alerts_name_only_figures_that_exist_and_say_what_to_do() throws IOException {
    Object file =
        new Load(LoadSettings.builder().build())
            .loadFromString(Files.readString(DEPLOY.resolve("prometheus/tidecast-alerts.yml")));
    List<String> expressions = new ArrayList<>();
    for (Map<?, ?> group : maps(((Map<?, ?>) file).get("groups"))) {
      for (Map<?, ?> rule : maps(group.get("rules"))) {
        expressions.add((String) rule.get("expr"));
        Map<?, ?> annotations = (Map<?, ?>) Objects.requireNonNull(rule.get("annotations"));
        assertThat(annotations.keySet().stream().map(String::valueOf))
            .as("%s", rule.get("alert"))
            .contains("summary", "action");
      }
    }
    assertThat(expressions).hasSizeGreaterThan(5);
    assertNamesExist(expressions);
  }

  private static void assertNamesExist(List<String> expressions) {
    Set<String> exposed = new TreeSet<>();
    for (String line : scrape().split("\n", -1)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        exposed.add(line.replaceFirst("[{ ].*", ""));
      }
    }
    for (String expression : expressions) {
      Matcher name = NAME.matcher(expression);
      while (name.find()) {
        assertThat(exposed).as(expression).contains(name.group());
      }
    }
  }

  private static List<Map<?, ?>> maps(@Nullable Object list) {
    List<Map<?, ?>> maps = new ArrayList<>();
    for (Object o : (List<?>) Objects.requireNonNull(list)) {
      maps.add((Map<?, ?>) o);
    }
    return maps;
  }

  private static String scrape() {
    try (PageFixture page = new PageFixture(Optional.empty())) {
      new SyntheticSeries("a", 1).addTo(page.view, 30);
      SyntheticSamples.addTo(page.view);
      GaugeFeeder.feed(page.gauges, 5, "TOO_LATE", 2);
      GaugeFeeder.learner(page.gauges, "fraud", 9);
      return page.metrics.scrape();
    }
  }

  private static double value(String scrape, String sample) {
    return scrape
        .lines()
        .filter(l -> l.startsWith(sample + " "))
        .mapToDouble(l -> Double.parseDouble(l.substring(sample.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(sample + " is not exposed"));
  }

  private static String table(String scrape) {
    Map<String, String> types = new TreeMap<>();
    scrape
        .lines()
        .map(TYPE::matcher)
        .filter(Matcher::matches)
        .forEach(m -> types.put(m.group(1), m.group(2)));
    StringBuilder table =
        new StringBuilder("| name | type | unit | labels | meaning |\n|---|---|---|---|---|\n");
    scrape
        .lines()
        .map(HELP::matcher)
        .filter(Matcher::matches)
        .sorted((a, b) -> a.group(1).compareTo(b.group(1)))
        .forEach(
            m ->
                table.append(
                    "| `%s` | %s | %s | %s | %s |\n"
                        .formatted(
                            m.group(1),
                            types.get(m.group(1)),
                            unit(m.group(1)),
                            labels(scrape, m.group(1)),
                            m.group(2))));
    return table.toString();
  }

  private static String unit(String name) {
    String bare = name.replaceFirst("_total$", "");
    for (String unit : List.of("bytes", "seconds", "ratio", "records", "rows", "nats")) {
      if (bare.endsWith("_" + unit)) {
        return unit;
      }
    }
    return "1";
  }

  private static String labels(String scrape, String name) {
    Matcher sample = Pattern.compile("(?m)^" + name + "\\{(.*)}").matcher(scrape);
    return sample.find()
        ? LABEL
            .matcher(sample.group(1))
            .results()
            .map(label -> "`" + label.group(1) + "`")
            .collect(Collectors.joining(", "))
        : "";
  }
}
