package io.p2pmining.master.session;

import java.time.Duration;
import java.util.List;

/** Settings for tests. */
final class Settings {

  private Settings() {}

  static ServerSettings server(int port, int maxConnections) {
    return server(port, maxConnections, Duration.ofSeconds(10), Duration.ofSeconds(15));
  }

  static ServerSettings server(
      int port, int maxConnections, Duration handshakeTimeout, Duration idleTimeout) {
    return new ServerSettings(
        "127.0.0.1",
        port,
        maxConnections,
        handshakeTimeout,
        idleTimeout.dividedBy(3),
        idleTimeout,
        List.of());
  }
}
