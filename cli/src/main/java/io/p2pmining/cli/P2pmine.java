package io.p2pmining.cli;

import io.p2pmining.cli.bench.BenchCommand;
import io.p2pmining.cli.cluster.BlocksCommand;
import io.p2pmining.cli.cluster.JobsCommand;
import io.p2pmining.cli.cluster.PeersCommand;
import io.p2pmining.cli.cluster.StatusCommand;
import io.p2pmining.cli.doctor.DoctorCommand;
import io.p2pmining.cli.hash.HashCommand;
import io.p2pmining.cli.service.MasterCommand;
import io.p2pmining.cli.service.WorkerCommand;
import io.p2pmining.cli.tune.TuneCommand;
import io.p2pmining.cli.up.UpCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code p2pmine} command with its subcommands. */
@Command(
    name = "p2pmine",
    description = "Mines Monero and other RandomX coins on many machines together.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false,
    subcommands = {
      UpCommand.class,
      MasterCommand.class,
      WorkerCommand.class,
      StatusCommand.class,
      PeersCommand.class,
      JobsCommand.class,
      BlocksCommand.class,
      DoctorCommand.class,
      BenchCommand.class,
      TuneCommand.class,
      HashCommand.class,
      CompletionCommand.class,
      HelpCommand.class
    })
public final class P2pmine implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Runs one command and ends the JVM with its status. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(commandLine(out, err).execute(args));
  }

  /** The whole command line, ready to execute; used by one thread. */
  public static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    CommandLine commandLine = new CommandLine(new P2pmine());
    commandLine.setOut(out);
    commandLine.setErr(err);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setParameterExceptionHandler(new RefusedArguments());
    commandLine.setExecutionExceptionHandler(new FailedCommand());
    return commandLine;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
