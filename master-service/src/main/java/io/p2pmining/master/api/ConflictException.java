package io.p2pmining.master.api;

/** What a request asks for cannot be done as things are now; answered with status 409. */
final class ConflictException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ConflictException(String message) {
    super(message);
  }
}
