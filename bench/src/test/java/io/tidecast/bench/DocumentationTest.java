package io.tidecast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidecast.app.Tidecast;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * Whatever the documentation and the commands' own help tell a reader to type is understood by the
 * real command line, and every link leads somewhere. Lives here because only this module sees the
 * commands of all.
 */
class DocumentationTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(?:#[^)]*)?\\)");

  @Test
  void every_command_in_the_documentation_is_one() throws IOException {
    List<String> faults = new ArrayList<>();
    int commands = 0;
    for (Map.Entry<Path, String> page : DocumentedCommands.pages().entrySet()) {
      for (String command : DocumentedCommands.in(page.getValue())) {
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
    String page = Files.readString(DocumentedCommands.ROOT.resolve("docs/commands.md"));
    assertThat(Tidecast.commandLine().getSubcommands().keySet())
        .filteredOn(name -> !name.equals("help"))
        .allSatisfy(name -> assertThat(page).contains("| `" + name + "` |"));
  }

  @Test
  void every_link_leads_to_a_file() throws IOException {
    for (Map.Entry<Path, String> page : DocumentedCommands.pages().entrySet()) {
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
        DocumentedCommands.in("```\n" + text.replace("  tidecast ", "./tidecast ") + "\n```")) {
      parse(command.getCommandName() + " --help: " + example, example, faults);
    }
  }

  private static void parse(String where, String command, List<String> faults) {
    if (command.equals("COMMAND --help")) {
      return;
    }
    try {
      Tidecast.commandLine().parseArgs(DocumentedCommands.words(command).toArray(String[]::new));
    } catch (CommandLine.ParameterException e) {
      faults.add(where + ": " + e.getMessage());
    }
  }
}
