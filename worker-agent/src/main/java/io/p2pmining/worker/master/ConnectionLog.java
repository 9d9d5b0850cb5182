package io.p2pmining.worker.master;

import io.p2pmining.common.connection.Connection;
import io.p2pmining.common.log.LogThrottle;
import io.p2pmining.common.wire.v1.HelloReply;
import io.p2pmining.worker.node.MasterAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells an operator how the connection to the master is: each kind of outage at once, then once a
 * minute while it lasts. Safe for use by any thread.
 */
public final class ConnectionLog {

  private static final Logger LOG = LoggerFactory.getLogger("io.p2pmining.worker.Master");
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final MasterAddress master;
  private final InstantSource clock;
  private final Map<Class<? extends Outage>, LogThrottle> throttles = new ConcurrentHashMap<>();
  private final LongAdder connections = new LongAdder();

  private volatile String description = "connecting for the first time";
  private volatile boolean connected;

  public ConnectionLog(MasterAddress master, InstantSource clock) {
    this.master = master;
    this.clock = clock;
  }

  void joined(Connection connection, HelloReply reply) {
    connections.increment();
    connected = true;
    description = reply.getName() + " on " + master;
    LOG.info(
        "Connected to {} on {} ({}, session {})",
        reply.getName(),
        connection,
        reply.getSoftware(),
        reply.getSessionId());
  }

  void outage(Outage outage, Duration wait) {
    connected = false;
    description = outage.sentence(master);
    throttles
        .computeIfAbsent(outage.getClass(), kind -> new LogThrottle(1, WINDOW, clock))
        .log(
            hidden ->
                LOG.warn(
                    "{}; trying again in {} ms{}",
                    outage.sentence(master),
                    wait.toMillis(),
                    hidden == 0 ? "" : " (" + hidden + " attempts failed since the last line)"));
  }

  /** Whether a master has accepted this worker on the present connection. */
  public boolean isConnected() {
    return connected;
  }

  /** One sentence on how the connection is. */
  public String description() {
    return description;
  }

  /** How often a connection was made again. */
  public long reconnects() {
    return Math.max(0, connections.sum() - 1);
  }
}
