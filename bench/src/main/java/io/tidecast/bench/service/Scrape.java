package io.tidecast.bench.service;

import io.tidecast.bench.cluster.Instance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** An instance's metrics at one moment. */
final class Scrape {
  private static final Pattern PAGE = Pattern.compile("live page at (http://\\S+)");

  private final List<String> lines;

  private Scrape(List<String> lines) {
    this.lines = lines;
  }

  static Scrape of(Instance instance) throws InterruptedException {
    try {
      String page =
          PAGE.matcher(Files.readString(instance.output()))
              .results()
              .reduce((earlier, later) -> later)
              .map((MatchResult m) -> m.group(1))
              .orElseThrow(() -> new IllegalStateException("the instance has no live page"));
      return new Scrape(
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(page).resolve("/metrics")).build(),
                  BodyHandlers.ofLines())
              .body()
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException("metrics of " + instance.name() + " cannot be read", e);
    }
  }

  /** Sum over the samples of a metric. */
  double sum(String metric) {
    return lines.stream()
        .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
