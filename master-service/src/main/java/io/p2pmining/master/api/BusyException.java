package io.p2pmining.master.api;

/** There is no room for a request now; answered with status 503 and Retry-After. */
final class BusyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BusyException(String message) {
    super(message);
  }
}
