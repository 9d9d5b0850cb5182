package io.p2pmining.benchmarks.reference;

import io.p2pmining.benchmarks.contender.ContenderException;

/** The reference implementation is not on this machine. Its message says how to install it. */
final class MissingReferenceException extends ContenderException {

  private static final long serialVersionUID = 1;

  MissingReferenceException(String library, Throwable cause) {
    super(
        library
            + " cannot be loaded; install the reference implementation of RandomX, on Debian:"
            + " apt-get install librandomx-dev",
        cause);
  }
}
