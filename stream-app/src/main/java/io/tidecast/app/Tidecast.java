package io.tidecast.app;

import io.tidecast.app.cli.AclsCommand;
import io.tidecast.app.cli.CommandProvider;
import io.tidecast.app.cli.CompletionCommand;
import io.tidecast.app.cli.DeadLettersCommand;
import io.tidecast.app.cli.DemoCommand;
import io.tidecast.app.cli.InspectCommand;
import io.tidecast.app.cli.PlanCommand;
import io.tidecast.app.cli.ProduceCommand;
import io.tidecast.app.cli.ResetCommand;
import io.tidecast.app.cli.RunCommand;
import io.tidecast.app.cli.TopicsCommand;
import io.tidecast.app.cli.WatchCommand;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;

/** The command line's entry point. */
@Command(
    name = "tidecast",
    mixinStandardHelpOptions = true,
    version = "tidecast 0.1.0-SNAPSHOT",
    synopsisSubcommandLabel = "COMMAND",
    description = "Calibrated forecasts from topics of measurements, learned while they flow.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidecast demo                      everything at once, on this machine's own load",
      "  tidecast demo --csv FILE --columns A,B --interval 1h",
      "  tidecast plan --config tidecast.yaml --series 1000 --every 1m",
      "  tidecast run --config tidecast.yaml"
    },
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      ProduceCommand.class,
      WatchCommand.class,
      TopicsCommand.class,
      DeadLettersCommand.class,
      AclsCommand.class,
      ResetCommand.class,
      PlanCommand.class,
      InspectCommand.class,
      CompletionCommand.class,
      HelpCommand.class
    })
public final class Tidecast {
  /** Scripts rely on these; docs/commands.md says more. */
  private static final Map<String, String> EXIT_CODES = exitCodes();

  private Tidecast() {}

  private static Map<String, String> exitCodes() {
    Map<String, String> codes = new LinkedHashMap<>();
    codes.put("0", "done");
    codes.put("1", "failed, or what was checked is not so");
    codes.put(
        "2", "wrong usage, wrong configuration, or something else to put right: see the error");
    codes.put("130, 143", "ended in good order by Ctrl-C or SIGTERM");
    return codes;
  }

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command line with the commands of every module on the class path. */
  public static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Tidecast());
    for (CommandProvider provider : ServiceLoader.load(CommandProvider.class)) {
      provider.commands().forEach(line::addSubcommand);
    }
    tellExitCodes(line);
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Tidecast::wrongUsage)
        .setExecutionExceptionHandler((e, failed, result) -> failed(e, failed));
  }

  private static void tellExitCodes(CommandLine line) {
    line.getCommandSpec()
        .usageMessage()
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(EXIT_CODES);
    line.getSubcommands().values().forEach(Tidecast::tellExitCodes);
  }

  private static int wrongUsage(ParameterException e, String[] args) {
    PrintWriter err = e.getCommandLine().getErr();
    err.println(error() + e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
    err.printf("try '%s --help'%n", e.getCommandLine().getCommandSpec().qualifiedName());
    return ExitCode.USAGE;
  }

  private static String error() {
    return Ansi.AUTO.string("@|bold,red error:|@ ");
  }

  private static int failed(Exception e, CommandLine command) {
    PrintWriter err = command.getErr();
    if (e instanceof UserException u) {
      u.faults().forEach(fault -> err.println(error() + fault));
      LoggerFactory.getLogger(Tidecast.class).debug("told the user", e);
      return ExitCode.USAGE;
    }
    LoggerFactory.getLogger(Tidecast.class).error("unexpected failure", e);
    err.printf(
        "%sunexpected failure: %s%nThis is a fault of Tidecast; the log holds the details.%n",
        error(), e);
    return ExitCode.SOFTWARE;
  }
}
