package io.tidecast.bench.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidecast.app.config.TidecastConfig;
import io.tidecast.app.service.KafkaTopics;
import io.tidecast.app.stream.DeadLetter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Compares bad inputs with the dead letters that they should have become. */
final class Refusals {
  /** Header that names a bad input on its way. */
  static final String NAME = "chaos.bad-input";

  private Refusals() {}

  /** Names of those without exactly one dead letter of the right reason and the original bytes. */
  static List<String> notRefused(TidecastConfig config, List<BadInputs.BadInput> bad) {
    Map<String, BadInputs.BadInput> byName = new HashMap<>();
    bad.forEach(b -> byName.put(b.name(), b));
    Map<String, List<String>> reasons = new HashMap<>();
    Outputs.records(
        config,
        KafkaTopics.topics(config).deadLetters().name(),
        r -> {
          String name = new String(r.headers().lastHeader(NAME).value(), UTF_8);
          BadInputs.BadInput b = Objects.requireNonNull(byName.get(name), name);
          String reason = new String(r.headers().lastHeader(DeadLetter.REASON).value(), UTF_8);
          boolean same = Arrays.equals(b.key(), r.key()) && Arrays.equals(b.value(), r.value());
          reasons
              .computeIfAbsent(name, n -> new ArrayList<>(1))
              .add(same ? reason : reason + ", bytes changed");
        });
    return bad.stream()
        .filter(b -> !List.of(b.reason()).equals(reasons.get(b.name())))
        .map(
            b ->
                "%s: expected %s, got %s"
                    .formatted(b.name(), b.reason(), reasons.getOrDefault(b.name(), List.of())))
        .toList();
  }
}
