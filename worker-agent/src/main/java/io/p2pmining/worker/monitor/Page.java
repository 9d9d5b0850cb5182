package io.p2pmining.worker.monitor;

import java.nio.charset.StandardCharsets;

/**
 * An answer to a request.
 *
 * @param status the HTTP status
 * @param contentType the type of the body
 * @param body what is sent
 */
record Page(int status, String contentType, byte[] body) {

  static Page text(int status, String line) {
    return of(status, "text/plain; charset=utf-8", line + "\n");
  }

  static Page of(int status, String contentType, String body) {
    return new Page(status, contentType, body.getBytes(StandardCharsets.UTF_8));
  }
}
