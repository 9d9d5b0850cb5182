package io.p2pmining.benchmarks.load;

/** The run cannot be made, or not be gone on with; the message says what to do about it. */
final class LoadException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LoadException(String message) {
    super(message);
  }

  LoadException(String message, Throwable cause) {
    super(message, cause);
  }
}
