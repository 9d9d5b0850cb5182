package io.p2pmining.cli;

/**
 * Which of this process's streams are terminals. Java cannot tell by itself; the launcher does, by
 * system properties.
 */
public final class Terminals {

  private static final String OUT = "p2pmine.terminal.out";
  private static final String ERR = "p2pmine.terminal.err";

  private Terminals() {}

  /** Whether a person watches standard output. */
  public static boolean isOut() {
    return Boolean.getBoolean(OUT);
  }

  /** Whether a person watches standard error. */
  public static boolean isErr() {
    return Boolean.getBoolean(ERR);
  }
}
