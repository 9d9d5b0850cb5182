package io.p2pmining.cli;

import io.p2pmining.core.memory.InsufficientMemoryException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what a command throws into one line and a status. */
final class FailedCommand implements IExecutionExceptionHandler {

  /** Set to anything to see where an unexpected exception came from. */
  private static final String DEBUG = "P2PMINE_DEBUG";

  @Override
  public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
    return switch (thrown) {
      case CommandFailure failure -> fail(command, failure.getMessage(), failure.status());
      case InsufficientMemoryException tooLittle ->
          fail(command, tooLittle.getMessage(), CommandFailure.FAILED);
      default -> {
        if (System.getenv(DEBUG) != null) {
          thrown.printStackTrace(command.getErr());
        }
        String message = "unexpected " + thrown + " (set " + DEBUG + "=1 to see where)";
        yield fail(command, message, CommandFailure.FAILED);
      }
    };
  }

  private static int fail(CommandLine command, @Nullable String message, int status) {
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println(name + ": " + RefusedArguments.oneLine(message));
    return status;
  }
}
