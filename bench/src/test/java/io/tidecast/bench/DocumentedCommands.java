package io.tidecast.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What README, docs and examples tell a reader to type. */
final class DocumentedCommands {
  static final Path ROOT = Path.of("..");

  private static final Pattern FENCE = Pattern.compile("(?ms)^ *```\\w*\\n(.*?)^ *```");
  private static final Pattern INLINE = Pattern.compile("`(\\./tidecast [^`]+)`");
  private static final Pattern OTHER =
      Pattern.compile("(mvn|docker|tar|cd|python3|java|curl|git|kafka-\\S+|promtool) .*");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  private DocumentedCommands() {}

  /** The pages, by their files. */
  static Map<Path, String> pages() throws IOException {
    Map<Path, String> pages = new TreeMap<>();
    List<Path> files = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    for (String folder : new String[] {"docs", "examples"}) {
      try (Stream<Path> all = Files.walk(ROOT.resolve(folder))) {
        all.filter(f -> f.toString().endsWith(".md")).forEach(files::add);
      }
    }
    for (Path file : files) {
      pages.put(file, Files.readString(file));
    }
    return pages;
  }

  /** Arguments of {@code ./tidecast} in a text, each as it stands there. */
  static List<String> in(String text) {
    List<String> found = new ArrayList<>();
    for (String command : fenced(text)) {
      if (command.matches("(\\w+=\\S+ )?\\./tidecast( .*)?")) {
        found.add(command.replaceFirst("^.*?\\./tidecast ?", ""));
      }
    }
    Matcher inline = INLINE.matcher(text);
    while (inline.find()) {
      found.add(inline.group(1).replaceFirst("\\./tidecast ", ""));
    }
    return found;
  }

  /** Commands of other programs in a text. */
  static List<String> others(String text) {
    return fenced(text).stream().filter(line -> OTHER.matcher(line).matches()).toList();
  }

  /** A comment or an explanation after three spaces ends a command; a backslash goes on with it. */
  private static List<String> fenced(String text) {
    List<String> lines = new ArrayList<>();
    Matcher fence = FENCE.matcher(text);
    while (fence.find()) {
      for (String line : fence.group(1).replaceAll("\\s*\\\\\\n\\s*", " ").split("\n", -1)) {
        lines.add(line.strip().replaceFirst("\\s+#.*|\\s{3,}.*", ""));
      }
    }
    return lines;
  }

  /** The words of a command, as a shell tells them apart. */
  static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(command.replaceFirst(" > .*", ""));
    while (word.find()) {
      String quoted = word.group(1) == null ? word.group(2) : word.group(1);
      words.add(quoted == null ? word.group() : quoted);
    }
    return words;
  }
}
