package io.p2pmining.master.api;

/** A request that contradicts an earlier one; answered with status 422. */
final class UnprocessableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnprocessableException(String message) {
    super(message);
  }
}
