package io.tidecast.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidecast.app.UserException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a running service knows. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description =
        "Show what a running service knows: its health, the posterior of each model, and how far"
            + " the forecasts of each series can be trusted. The exit code is 1 where the service"
            + " answers but does not forecast.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidecast inspect                                 the service on this machine, port 8600",
      "  tidecast inspect --url http://127.0.0.1:8601 --series pump --order coverage",
      "  TIDECAST_HTTP_TOKEN=... tidecast inspect --json state.json"
    })
public final class InspectCommand implements Callable<Integer> {
  /** The interface's largest page. */
  private static final int MOST = 500;

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions configOptions = new ConfigOptions();
  @Mixin private JsonOption json = new JsonOption();

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Address of the service; default: http.host and http.port of the settings.")
  private @Nullable String url;

  @Option(
      names = "--series",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Only series with this in their name.")
  private String series = "";

  @Option(
      names = "--order",
      paramLabel = "ORDER",
      defaultValue = "id",
      description = "id, surprise or coverage (its error first); default ${DEFAULT-VALUE}.")
  private String order = "";

  @Option(
      names = "--most",
      paramLabel = "N",
      defaultValue = "20",
      description = "Show at most N series, up to " + MOST + "; default ${DEFAULT-VALUE}.")
  private int most;

  @Override
  public Integer call() {
    if (most < 1 || most > MOST) {
      throw new ParameterException(
          spec.commandLine(), "--most: expected 1 to %d, got %d".formatted(MOST, most));
    }
    json.check();
    ServiceClient service = ServiceClient.of(url, configOptions.load());
    return Waiting.during(
        spec.commandLine().getErr(), "asking " + service.url(), () -> inspect(service));
  }

  private int inspect(ServiceClient service) {
    JsonNode health = service.get("/health/ready");
    JsonNode models = service.get("/api/models");
    JsonNode listing =
        service.get(
            "/api/series?search=%s&order=%s&limit=%d"
                .formatted(ServiceClient.encoded(series), ServiceClient.encoded(order), most));
    List<JsonNode> details = new ArrayList<>();
    for (JsonNode row : listing.path("series")) {
      String id = row.path("id").asText();
      try {
        details.add(service.get("/api/series/%s/forecast".formatted(ServiceClient.encoded(id))));
      } catch (UserException e) {
        // No forecast yet, or gone since: the row says what is known.
        details.add(row);
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    InspectReport.lines(health, models, listing, details).forEach(out::println);
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("health", health);
    report.put("device", models.path("device"));
    report.put("models", models.path("models"));
    report.put("labelled", models.path("labelled"));
    report.put("results", details.stream().map(InspectReport::series).toList());
    json.write(report);
    return health.path("ready").asBoolean() ? 0 : 1;
  }
}
