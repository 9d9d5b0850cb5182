package io.p2pmining.cli;

import java.util.OptionalInt;

/**
 * Which of this process's streams are terminals. Java cannot tell by itself; the launcher does, by
 * system properties.
 */
public final class Terminals {

  private static final String OUT = "p2pmine.terminal.out";
  private static final String ERR = "p2pmine.terminal.err";

  private static final String COLUMNS = "p2pmine.terminal.columns";
  private static final int USUAL_COLUMNS = 80;
  private static final int LEAST_COLUMNS = 20;

  private Terminals() {}

  /** The width of standard output; empty if it is no terminal. */
  public static OptionalInt outColumns() {
    return Boolean.getBoolean(OUT)
        ? OptionalInt.of(Math.max(LEAST_COLUMNS, Integer.getInteger(COLUMNS, USUAL_COLUMNS)))
        : OptionalInt.empty();
  }

  /** Whether a person watches standard error. */
  public static boolean isErr() {
    return Boolean.getBoolean(ERR);
  }
}
