package io.p2pmining.cli;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what a command throws into one line and a status. */
final class FailedCommand implements IExecutionExceptionHandler {

  /** Set to anything to see where an unexpected exception came from. */
  private static final String DEBUG = "P2PMINE_DEBUG";

  @Override
  public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
    String name = command.getCommandSpec().qualifiedName();
    if (thrown instanceof CommandFailure failure) {
      command.getErr().println(name + ": " + RefusedArguments.oneLine(failure.getMessage()));
      return failure.status();
    }
    command
        .getErr()
        .println(
            name
                + ": unexpected "
                + RefusedArguments.oneLine(thrown.toString())
                + " (set P2PMINE_DEBUG=1 to see where)");
    if (System.getenv(DEBUG) != null) {
      thrown.printStackTrace(command.getErr());
    }
    return CommandFailure.FAILED;
  }
}
