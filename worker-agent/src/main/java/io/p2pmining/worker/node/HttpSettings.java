package io.p2pmining.worker.node;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where health and metrics are served.
 *
 * @param address the address to listen on; this machine only by default, because there is no
 *     authentication
 * @param port the port, 0 for any free one; if none is set, 9741 or the next free one
 */
public record HttpSettings(@DefaultValue("127.0.0.1") String address, @Nullable Integer port) {

  private static final int MAX_PORT = 65_535;

  public HttpSettings {
    WorkerSettings.require(!address.isBlank(), "http.address must not be empty");
    WorkerSettings.require(
        port == null || (port >= 0 && port <= MAX_PORT), "http.port must be 0 to " + MAX_PORT);
  }
}
