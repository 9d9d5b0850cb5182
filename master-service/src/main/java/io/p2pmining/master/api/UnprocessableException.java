package io.p2pmining.master.api;

/**
 * A request that contradicts an earlier one, or the settings that it asks for; answered with status
 * 422.
 */
final class UnprocessableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnprocessableException(String message) {
    super(message);
  }
}
