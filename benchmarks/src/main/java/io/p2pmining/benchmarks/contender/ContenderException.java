package io.p2pmining.benchmarks.contender;

/** A contender cannot do what it is asked to. Its message is for whoever started the comparison. */
public class ContenderException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public ContenderException(String message) {
    super(message);
  }

  public ContenderException(String message, Throwable cause) {
    super(message, cause);
  }
}
