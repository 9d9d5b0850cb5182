package io.p2pmining.cli;

/**
 * Ends a command with one sentence on standard error, which says what is wrong and what to do about
 * it, and a status.
 */
public final class CommandFailure extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** The status of a command that could not do its work. */
  public static final int FAILED = 1;

  /** The status of a command that was given wrong arguments. */
  public static final int REFUSED = 2;

  private final int status;

  public CommandFailure(int status, String sentence) {
    super(sentence);
    this.status = status;
  }

  /** A failure that is not the arguments' fault. */
  public CommandFailure(String sentence) {
    this(FAILED, sentence);
  }

  public int status() {
    return status;
  }
}
