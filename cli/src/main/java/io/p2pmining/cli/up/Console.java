package io.p2pmining.cli.up;

import java.io.PrintWriter;
import java.util.OptionalInt;

/**
 * What the person who runs {@code up} sees: messages, and below them one status line that is drawn
 * over again. Where standard output is no terminal, status lines are lines as any other. Safe for
 * use by any thread.
 */
final class Console {

  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintWriter out;
  private final OptionalInt columns;

  // Guarded by this.
  private String status = "";

  /**
   * @param columns the width of the terminal; empty where there is none
   */
  Console(PrintWriter out, OptionalInt columns) {
    this.out = out;
    this.columns = columns;
  }

  boolean isTerminal() {
    return columns.isPresent();
  }

  /** Prints a message above the status line. */
  synchronized void say(String message) {
    if (status.isEmpty()) {
      out.println(message);
    } else {
      out.print(CLEAR_LINE + message + System.lineSeparator() + status);
    }
    out.flush();
  }

  /** Replaces the status line. */
  synchronized void status(String line) {
    if (columns.isPresent()) {
      // A line that wraps could not be cleared again.
      status = line.substring(0, Math.min(line.length(), columns.getAsInt() - 1));
      out.print(CLEAR_LINE + status);
    } else {
      out.println(line);
    }
    out.flush();
  }

  /** Leaves the last status line where it is and goes on below it. */
  synchronized void end() {
    if (!status.isEmpty()) {
      out.println();
      out.flush();
      status = "";
    }
  }
}
