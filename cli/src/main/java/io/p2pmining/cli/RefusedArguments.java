package io.p2pmining.cli;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what is wrong with the arguments, and in a second one where help is. */
final class RefusedArguments implements IParameterExceptionHandler {

  private static final int SUGGESTIONS = 3;

  @Override
  public int handleParseException(ParameterException refused, String[] args) {
    CommandLine command = refused.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println(name + ": " + reason(refused));
    command.getErr().println("Try '" + name + " --help'.");
    return CommandFailure.REFUSED;
  }

  private static String reason(ParameterException refused) {
    return refused instanceof UnmatchedArgumentException unmatched
        ? unknown(unmatched) + suggestion(unmatched.getSuggestions())
        : oneLine(refused.getMessage());
  }

  private static String unknown(UnmatchedArgumentException unmatched) {
    String word = unmatched.getUnmatched().getFirst();
    CommandLine command = unmatched.getCommandLine();
    String kind =
        word.startsWith("-") ? "option" : command.getParent() == null ? "command" : "argument";
    return "unknown " + kind + " '" + word + "'";
  }

  private static String suggestion(List<String> similar) {
    return similar.isEmpty()
        ? ""
        : similar.stream()
            .limit(SUGGESTIONS)
            .collect(Collectors.joining(" or ", "; did you mean ", "?"));
  }

  static String oneLine(@Nullable String message) {
    return Objects.requireNonNullElse(message, "no reason given")
        .strip()
        .replaceAll("\\s*\\R\\s*", " ");
  }
}
