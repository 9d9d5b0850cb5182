package io.p2pmining.benchmarks.reference;

/** The reference implementation is not on this machine. Its message says how to install it. */
final class MissingReferenceException extends Exception {

  private static final long serialVersionUID = 1;

  MissingReferenceException(String library, Throwable cause) {
    super(
        library
            + " cannot be loaded; install the reference implementation of RandomX, on Debian:"
            + " apt-get install librandomx-dev",
        cause);
  }
}
