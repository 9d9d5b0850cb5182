package io.p2pmining.worker.monitor;

import io.p2pmining.worker.master.ConnectionLog;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down while there is no connection to the master. */
final class MasterHealth implements HealthIndicator {

  private final ConnectionLog connection;

  MasterHealth(ConnectionLog connection) {
    this.connection = connection;
  }

  @Override
  public Health health() {
    return (connection.isConnected() ? Health.up() : Health.down())
        .withDetail("connection", connection.description())
        .withDetail("reconnects", connection.reconnects())
        .build();
  }
}
