package io.tidecast.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidecast.app.Tidecast;
import io.tidecast.app.config.ConfigSources;
import io.tidecast.app.config.ModelConfig;
import io.tidecast.engine.supervised.Task;
import io.tidecast.platform.LocalPlatform;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Types documented commands as a reader would who has put in addresses and files of his own: a
 * platform's for the brokers' and the registry's, small generated ones for data, a folder of a test
 * for what is written. Whatever would go on for ever or for minutes is told to be short, and
 * questions are answered with no.
 */
final class Typist implements AutoCloseable {
  private static final Pattern PAGE = Pattern.compile("live page at (http://\\S+)");
  private static final Path CONFIGS = Path.of("..", "examples", "config");
  private static final Map<String, String> SHORTER =
      Map.of(
          "--duration",
          "2s",
          "--measure",
          "200ms",
          "--steps",
          "200",
          "--limit",
          "40",
          "--series",
          "8");
  private static final int ROWS = 60;

  private final LocalPlatform platform;
  private final Path folder;
  private final List<Child> children = new ArrayList<>();
  private @Nullable Child service;
  private String page = "";

  Typist(LocalPlatform platform, Path folder) {
    this.platform = platform;
    this.folder = folder;
  }

  /** How a command ended, and what it said. */
  record Result(int code, int expected, String text) {}

  /**
   * Types a command.
   *
   * @param command without {@code ./tidecast}, as it stands in the documentation
   */
  Result type(String command) throws IOException, InterruptedException {
    if (command.equals("COMMAND --help")) {
      return helpOfAll();
    }
    List<String> words = adapted(DocumentedCommands.words(command));
    return words.get(0).equals("run") ? run(words) : execute(words);
  }

  /** Interrupts the service as Ctrl-C does; its exit code. */
  int stop() throws IOException, InterruptedException {
    return Objects.requireNonNull(service).interrupt();
  }

  @Override
  public void close() {
    children.forEach(Child::close);
  }

  /** One service runs while the other commands are typed; each further one until it is ready. */
  private Result run(List<String> words) throws IOException, InterruptedException {
    words.addAll(List.of("--set", "http.port=0", "--set", "http.host=127.0.0.1"));
    words.addAll(List.of("--set", "state-dir=" + folder.resolve("state-" + children.size())));
    if (service != null) {
      words.addAll(List.of("--set", "application-id=run-" + children.size()));
    }
    Child child = Child.start(folder, words);
    children.add(child);
    child.await("ready: learning from");
    if (service == null) {
      service = child;
      Matcher address = PAGE.matcher(child.text());
      if (address.find()) {
        page = address.group(1);
      }
      return new Result(0, 0, child.text());
    }
    return new Result(child.interrupt(), 130, child.text());
  }

  private static Result execute(List<String> words) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    InputStream terminal = System.in;
    System.setIn(new ByteArrayInputStream("n\n".getBytes(UTF_8)));
    try {
      int code =
          Tidecast.commandLine().setOut(out).setErr(out).execute(words.toArray(String[]::new));
      return new Result(code, 0, text.toString());
    } finally {
      System.setIn(terminal);
    }
  }

  private static Result helpOfAll() {
    StringBuilder text = new StringBuilder();
    int code = 0;
    for (String command : Tidecast.commandLine().getSubcommands().keySet()) {
      Result help = execute(List.of(command, "--help"));
      code = Math.max(code, help.code());
      text.append(help.text());
    }
    return new Result(code, 0, text.toString());
  }

  /** The command with what a reader has to put in, and short. */
  private List<String> adapted(List<String> documented) throws IOException {
    List<String> words = new ArrayList<>(documented);
    CommandSpec spec = spec(words);
    for (int i = 1; i < words.size() - 1; i++) {
      String option = words.get(i);
      String value = words.get(i + 1);
      if (option.equals("--csv")) {
        words.set(i + 1, data(words).toString());
      } else if (option.equals("--config")) {
        words.set(i + 1, config(value).toString());
      } else if (option.equals("--picture") || option.equals("--json")) {
        words.set(i + 1, folder.resolve(value).toString());
      }
    }
    SHORTER.forEach((option, value) -> set(words, spec, option, value));
    set(words, spec, "--bootstrap-server", platform.bootstrapServers());
    set(words, spec, "--registry", platform.registryUrl());
    set(words, spec, "--url", page);
    if (spec.findOption("--set") != null) {
      words.addAll(List.of("--set", "topics.replication-factor=1"));
    }
    return words;
  }

  /** The command that the first words name. */
  private static CommandSpec spec(List<String> words) {
    CommandLine line = Tidecast.commandLine();
    for (String word : words) {
      CommandLine sub = line.getSubcommands().get(word);
      if (sub == null) {
        break;
      }
      line = sub;
    }
    return line.getCommandSpec();
  }

  /** Gives an option its value, where the command has such an option. */
  private static void set(List<String> words, CommandSpec spec, String option, String value) {
    int at = words.indexOf(option);
    if (at >= 0) {
      words.set(at + 1, value);
    } else if (spec.findOption(option) != null && !value.isEmpty()) {
      words.addAll(List.of(option, value));
    }
  }

  private Path config(String documented) throws IOException {
    if (documented.startsWith("examples/")) {
      return CONFIGS.resolve(Path.of(documented).getFileName());
    }
    return Files.writeString(
        folder.resolve(documented),
        """
        forecast: {context: 16, horizon: 4, interval: 1h}
        models:
          - name: fraud
            task: classification
            classes: [good, bad]
            features: [amount, day=mon|tue|wed, city=hash(64)]
        """);
  }

  /** A small file of the kind that the command reads. */
  private Path data(List<String> words) throws IOException {
    int model = words.indexOf("--model");
    int label = words.indexOf("--label-column");
    Map<String, Integer> columns = new TreeMap<>();
    int classes = 2;
    if (model > 0) {
      ModelConfig config =
          new ConfigSources()
              .file(Path.of(words.get(words.indexOf("--config") + 1)))
              .load()
              .model(words.get(model + 1));
      int features = config.settings().inputs().features().size();
      for (int i = 0; i < features; i++) {
        columns.put("f%04d".formatted(i), 7 + i % 5);
      }
      classes = config.settings().task() instanceof Task.Classification c ? c.classes() : ROWS;
    } else {
      for (String name : List.of("A", "B", "OT", "HUFL")) {
        columns.put(name, 7 + columns.size());
      }
    }
    StringBuilder text = new StringBuilder(label > 0 ? words.get(label + 1) : "date");
    columns.keySet().forEach(name -> text.append(',').append(name));
    for (int row = 0; row < ROWS; row++) {
      text.append('\n');
      text.append(
          label > 0
              ? Integer.toString(row % classes)
              : "2024-01-%02d %02d:00:00".formatted(1 + row / 24, row % 24));
      int t = row;
      columns.values().forEach(cycle -> text.append(',').append(t % cycle));
    }
    return Files.writeString(
        folder.resolve("data-%d.csv".formatted(words.hashCode())), text + "\n");
  }
}
