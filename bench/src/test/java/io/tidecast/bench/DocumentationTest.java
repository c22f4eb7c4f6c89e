package io.tidecast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidecast.app.Tidecast;
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
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * Whatever the documentation and the commands' own help tell a reader to type is understood by the
 * real command line, and every link leads somewhere. Lives here because only this module sees the
 * commands of all.
 */
class DocumentationTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern FENCE = Pattern.compile("(?ms)^ *```\\w*\\n(.*?)^ *```");
  private static final Pattern INLINE = Pattern.compile("`(\\./tidecast [^`]+)`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(?:#[^)]*)?\\)");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  @Test
  void every_command_in_the_documentation_is_one() throws IOException {
    List<String> faults = new ArrayList<>();
    int commands = 0;
    for (Map.Entry<Path, String> page : pages().entrySet()) {
      for (String command : commands(page.getValue())) {
        commands++;
        parse(page.getKey() + ": " + command, command, faults);
      }
    }
    assertThat(faults).isEmpty();
    assertThat(commands).isGreaterThan(30);
  }

  @Test
  void every_example_in_the_help_is_a_command() {
    List<String> faults = new ArrayList<>();
    CommandLine line = Tidecast.commandLine();
    helpOf(line, faults);
    line.getSubcommands().values().forEach(sub -> helpOf(sub, faults));
    assertThat(faults).isEmpty();
  }

  @Test
  void every_command_has_its_place_in_the_documentation() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/commands.md"));
    assertThat(Tidecast.commandLine().getSubcommands().keySet())
        .filteredOn(name -> !name.equals("help"))
        .allSatisfy(name -> assertThat(page).contains("| `" + name + "` |"));
  }

  @Test
  void every_link_leads_to_a_file() throws IOException {
    for (Map.Entry<Path, String> page : pages().entrySet()) {
      Matcher link = LINK.matcher(page.getValue());
      while (link.find()) {
        if (!link.group(1).matches("https?:.*")) {
          Path target = page.getKey().resolveSibling(link.group(1));
          assertThat(target).as("link in %s", page.getKey()).exists();
        }
      }
    }
  }

  private static void helpOf(CommandLine command, List<String> faults) {
    String text = String.join("\n", command.getCommandSpec().usageMessage().footer());
    for (String example :
        commands("```\n" + text.replace("  tidecast ", "./tidecast ") + "\n```")) {
      parse(command.getCommandName() + " --help: " + example, example, faults);
    }
  }

  /** A comment or an explanation after three spaces ends a command; a backslash goes on with it. */
  private static List<String> commands(String text) {
    List<String> found = new ArrayList<>();
    Matcher fence = FENCE.matcher(text);
    while (fence.find()) {
      for (String line : fence.group(1).replaceAll("\\s*\\\\\\n\\s*", " ").split("\n", -1)) {
        String command = line.strip().replaceFirst("\\s+#.*|\\s{3,}.*", "");
        if (command.matches("(\\w+=\\S+ )?\\./tidecast( .*)?")) {
          found.add(command.replaceFirst("^.*?\\./tidecast ?", ""));
        }
      }
    }
    Matcher inline = INLINE.matcher(text);
    while (inline.find()) {
      found.add(inline.group(1).replaceFirst("\\./tidecast ", ""));
    }
    return found;
  }

  private static void parse(String where, String command, List<String> faults) {
    if (command.equals("COMMAND --help")) {
      return;
    }
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(command.replaceFirst(" > .*", ""));
    while (word.find()) {
      String quoted = word.group(1) == null ? word.group(2) : word.group(1);
      words.add(quoted == null ? word.group() : quoted);
    }
    try {
      Tidecast.commandLine().parseArgs(words.toArray(String[]::new));
    } catch (CommandLine.ParameterException e) {
      faults.add(where + ": " + e.getMessage());
    }
  }

  private static Map<Path, String> pages() throws IOException {
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
}
