package io.p2pmining.cli.terminal;

import io.p2pmining.cli.Terminals;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * How large a terminal is.
 *
 * @param rows how many lines it shows
 * @param columns how wide they are
 */
public record TerminalSize(int rows, int columns) {

  private static final int USUAL_ROWS = 24;
  private static final int LEAST = 2;
  private static final long LIMIT_SECONDS = 1;

  /** That of standard output now, which a person may have changed; empty if it is no terminal. */
  public static Optional<TerminalSize> ofOutput() throws InterruptedException {
    OptionalInt atStart = Terminals.outColumns();
    return atStart.isEmpty()
        ? Optional.empty()
        : Optional.of(ask().orElse(new TerminalSize(USUAL_ROWS, atStart.getAsInt())));
  }

  private static Optional<TerminalSize> ask() throws InterruptedException {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!stty.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        stty.destroyForcibly();
        return Optional.empty();
      }
      return parse(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      return Optional.empty(); // No stty, or no terminal of its own.
    }
  }

  /** Reads {@code 24 80}; a terminal that does not know says 0. */
  static Optional<TerminalSize> parse(String answer) {
    String[] words = answer.strip().split(" ", -1);
    try {
      int rows = Integer.parseInt(words[0]);
      int columns = words.length == 2 ? Integer.parseInt(words[1]) : 0;
      return rows < LEAST || columns < LEAST
          ? Optional.empty()
          : Optional.of(new TerminalSize(rows, columns));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
