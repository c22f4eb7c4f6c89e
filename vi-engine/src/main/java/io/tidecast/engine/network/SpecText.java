package io.tidecast.engine.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text {@code kind(option=value, option=value)} taken apart.
 *
 * @param kind what comes before the parenthesis
 * @param options values by option, in the order written
 */
record SpecText(String text, String kind, Map<String, String> options) {
  private static final Pattern WHOLE =
      Pattern.compile("\\s*([a-z][a-z0-9-]*)\\s*(?:\\((.*)\\))?\\s*", Pattern.DOTALL);
  private static final Pattern OPTION = Pattern.compile("\\s*([a-z]+)\\s*=\\s*([^=]+?)\\s*");

  static SpecText parse(String text) {
    Matcher whole = WHOLE.matcher(text);
    if (!whole.matches()) {
      throw new IllegalArgumentException(
          "network '" + text + "': expected kind(option=value, ...), e.g. mlp(hidden=64)");
    }
    Map<String, String> options = new LinkedHashMap<>();
    String inside = whole.group(2);
    if (inside != null && !inside.isBlank()) {
      for (String part : inside.split(",", -1)) {
        Matcher option = OPTION.matcher(part);
        if (!option.matches()) {
          throw new IllegalArgumentException(
              "network '" + text + "': expected option=value, got '" + part.strip() + "'");
        }
        if (options.put(option.group(1), option.group(2)) != null) {
          throw new IllegalArgumentException(
              "network '" + text + "': option '" + option.group(1) + "' is given twice");
        }
      }
    }
    return new SpecText(text, whole.group(1), options);
  }

  void allowOnly(String... known) {
    for (String option : options.keySet()) {
      if (!List.of(known).contains(option)) {
        throw new IllegalArgumentException(
            "network '%s': unknown option '%s', known are %s"
                .formatted(text, option, List.of(known)));
      }
    }
  }

  String option(String name, String otherwise) {
    return options.getOrDefault(name, otherwise);
  }

  int positive(String name, int otherwise) {
    String value = options.get(name);
    return value == null ? otherwise : positive(name, value);
  }

  int positive(String name, String value) {
    try {
      int number = Integer.parseInt(value.strip());
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // falls through to the same message as a number out of range
    }
    throw new IllegalArgumentException(
        "network '%s': %s must be a positive whole number, got '%s'".formatted(text, name, value));
  }
}
