package io.p2pmining.master.api;

import java.io.IOException;

/** The body of a request is larger than any that makes sense; answered with status 413. */
final class BodyTooLargeException extends IOException {

  private static final long serialVersionUID = 1L;

  BodyTooLargeException(int limit) {
    super("The body is larger than " + limit + " bytes");
  }
}
