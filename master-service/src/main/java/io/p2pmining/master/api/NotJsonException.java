package io.p2pmining.master.api;

import org.jspecify.annotations.Nullable;

/** A request that changes something and is not JSON; answered with status 415. */
final class NotJsonException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotJsonException(String method, @Nullable String contentType) {
    super(
        method
            + " needs the header Content-Type: application/json, also without a body; this request has "
            + (contentType == null ? "none" : Echo.of(contentType)));
  }
}
