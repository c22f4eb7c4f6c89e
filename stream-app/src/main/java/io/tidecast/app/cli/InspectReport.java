package io.tidecast.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A running service for people and for scripts. */
final class InspectReport {
  private static final int NAME_WIDTH = 24;

  private InspectReport() {}

  /**
   * All of it.
   *
   * @param details of the series shown, in order
   */
  static List<String> lines(
      JsonNode health, JsonNode models, JsonNode listing, List<JsonNode> details) {
    List<String> lines = new ArrayList<>();
    String state = health.path("state").asText();
    lines.add(
        Terminal.toned(tone(state), state)
            + "  "
            + models.path("device").asText("the engine is not open yet"));
    health.path("reasons").forEach(reason -> lines.add("  " + reason.asText()));
    for (JsonNode model : models.path("models")) {
      lines.add("");
      addModel(lines, model);
    }
    for (JsonNode model : models.path("labelled")) {
      lines.add("");
      addLabelled(lines, model);
    }
    if (!details.isEmpty()) {
      lines.add("");
      lines.add(
          "%-24s %8s %8s %8s %8s %6s %9s  %s"
              .formatted(
                  "series", "seen", "90 %", "CRPS", "surprise", "drift", "epistemic", "trusted"));
    }
    details.forEach(d -> lines.add(line(series(d))));
    int left = listing.path("matched").asInt() - details.size();
    if (left > 0) {
      lines.add("  … and %,d more series".formatted(left));
    }
    return lines;
  }

  private static Terminal.Tone tone(String state) {
    return switch (state) {
      case "RUNNING" -> Terminal.Tone.GOOD;
      case "FAILED" -> Terminal.Tone.BAD;
      default -> Terminal.Tone.WARNING;
    };
  }

  private static void addModel(List<String> lines, JsonNode model) {
    String head =
        "model of partition %d: step %,d, epoch %d"
            .formatted(
                model.path("partition").asInt(),
                model.path("step").asLong(),
                model.path("epoch").asLong());
    JsonNode learner = model.path("learner");
    if (learner.isNull()) {
      lines.add(head + "; another instance has it");
      return;
    }
    lines.add(head);
    addLearner(lines, learner);
  }

  private static void addLabelled(List<String> lines, JsonNode model) {
    lines.add(
        "model '%s' of labelled samples: %,d predictions read%s"
            .formatted(
                Terminal.printable(model.path("model").asText()),
                model.path("predictions").asLong(),
                worth(model.path("worth"))));
    String trusted =
        model.path("expertWeights").properties().stream()
            .map(w -> "%s %.0f %%".formatted(w.getKey(), 100 * w.getValue().asDouble()))
            .collect(Collectors.joining(", "));
    if (!trusted.isEmpty()) {
      lines.add("  trusted: " + trusted);
    }
    for (JsonNode partition : model.path("learners")) {
      lines.add("  partition " + partition.path("partition").asInt());
      addLearner(lines, partition.path("learner"));
    }
  }

  private static String worth(JsonNode worth) {
    if (!worth.isObject()) {
      return ", no label yet";
    }
    return worth.path("accuracy").isNumber()
        ? String.format(
            Locale.ROOT,
            "; %,d labels: accuracy %.3f, calibration error %.3f, sets held %.3f",
            worth.path("samples").asLong(),
            worth.path("accuracy").asDouble(),
            worth.path("calibrationError").asDouble(),
            worth.path("setCoverage").asDouble())
        : String.format(
            Locale.ROOT,
            "; %,d labels: RMSE %.4g, CRPS %.4g, 90 %% band held %.3f",
            worth.path("samples").asLong(),
            worth.path("rmse").asDouble(),
            worth.path("crps").asDouble(),
            worth.at("/coverage/band90").asDouble());
  }

  private static void addLearner(List<String> lines, JsonNode learner) {
    JsonNode p = learner.path("posterior");
    lines.add(
        String.format(
            Locale.ROOT,
            "  %,d inputs learned; a restart learns %,d KiB of journal again on a snapshot of about"
                + " %,d KiB",
            learner.path("inputs").asLong(),
            learner.path("journalBytes").asLong() / 1024,
            learner.path("snapshotBytes").asLong() / 1024));
    if (p.isObject()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  posterior of %s, %,d weights: deviations %.2g, %.2g, %.2g (10, 50, 90 %% of them),"
                  + " %.0f %% clear of zero",
              p.path("network").asText(),
              p.path("parameters").asLong(),
              p.path("sd10").asDouble(),
              p.path("sd50").asDouble(),
              p.path("sd90").asDouble(),
              100 * p.path("certain").asDouble()));
      lines.add(
          String.format(
              Locale.ROOT,
              "  remembers %,.0f of at most %,.0f rows, %,.0f seen; temper %.3g, learning rate"
                  + " %.2g",
              p.path("memoryInForce").asDouble(),
              p.path("nEff").asDouble(),
              p.path("seen").asDouble(),
              p.path("omega").asDouble(),
              p.path("learningRate").asDouble()));
    }
  }

  /**
   * How far one series can be trusted; what is not known is null.
   *
   * @param expertWeights mean over the lead times
   * @param epistemicShare of the predictive variance, mean over the lead times
   */
  record SeriesFigures(
      String series,
      long observationsSeen,
      boolean warmingUp,
      @Nullable Double coverage90,
      @Nullable Double crps,
      @Nullable Double surprise,
      @Nullable Double drift,
      Map<String, Double> expertWeights,
      @Nullable Double epistemicShare) {}

  static SeriesFigures series(JsonNode detail) {
    return new SeriesFigures(
        detail.path("id").asText(),
        detail.path("observationsSeen").asLong(),
        detail.path("warmingUp").asBoolean(),
        known(detail.at("/coverage/band90")),
        known(detail.path("crps")),
        known(detail.path("surprise")),
        known(detail.path("drift")),
        weights(detail),
        epistemicShare(detail));
  }

  /** Mean weight of each expert over the lead times. */
  private static Map<String, Double> weights(JsonNode detail) {
    Map<String, Double> weights = new LinkedHashMap<>();
    int leads = Math.max(1, detail.path("leadTimes").size());
    for (int k = 0; k < detail.path("experts").size(); k++) {
      double sum = 0;
      for (JsonNode lead : detail.path("leadTimes")) {
        sum += lead.path("expertWeights").path(k).asDouble();
      }
      weights.put(detail.path("experts").get(k).asText(), sum / leads);
    }
    return weights;
  }

  private static @Nullable Double epistemicShare(JsonNode detail) {
    double sum = 0;
    for (JsonNode lead : detail.path("leadTimes")) {
      double e = Math.pow(lead.path("epistemicStd").asDouble(), 2);
      double a = Math.pow(lead.path("aleatoricStd").asDouble(), 2);
      sum += e + a > 0 ? e / (e + a) : 0;
    }
    return detail.path("leadTimes").isEmpty() ? null : sum / detail.path("leadTimes").size();
  }

  private static @Nullable Double known(JsonNode number) {
    return number.isNumber() ? number.asDouble() : null;
  }

  private static String line(SeriesFigures s) {
    String trusted =
        s.expertWeights().entrySet().stream()
            .map(w -> "%s %.0f %%".formatted(w.getKey(), 100 * w.getValue()))
            .collect(Collectors.joining(", "));
    return "%-24s %,8d %8s %8s %8s %6s %9s  %s%s"
        .formatted(
            BandLines.cut(Terminal.printable(s.series()), NAME_WIDTH),
            s.observationsSeen(),
            number(s.coverage90(), "%.3f"),
            number(s.crps(), "%.4g"),
            number(s.surprise(), "%.3f"),
            number(s.drift(), "%.2f"),
            number(s.epistemicShare(), "%.2f"),
            trusted,
            s.warmingUp() ? "  warming up" : "");
  }

  private static String number(@Nullable Double v, String format) {
    return v == null ? "–" : String.format(Locale.ROOT, format, v);
  }
}
