package io.p2pmining.master.api;

import io.p2pmining.master.peer.PeerState;
import io.p2pmining.master.work.Rejection;
import io.p2pmining.master.work.UnitState;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The whole cluster at one moment.
 *
 * @param instanceId the master's node id
 * @param uptimeSeconds for how long the master's process has been running
 */
record ClusterView(
    String instanceId,
    String name,
    String version,
    Instant startedAt,
    long uptimeSeconds,
    HashRates hashesPerSecond,
    Peers peers,
    Jobs jobs,
    Map<UnitState, Long> workUnits,
    Shares shares,
    Blocks blocks,
    List<Source> sources) {

  /** Sums over all peers: now, and means over the last minute and quarter of an hour. */
  record HashRates(double now, double oneMinute, double fifteenMinutes) {}

  record Peers(long connected, long known, Map<PeerState, Long> byState) {}

  record Jobs(long active, long known) {}

  /** {@code acceptedDifficulty} is how many hashes the accepted shares stand for. */
  record Shares(
      long accepted,
      BigInteger acceptedDifficulty,
      long rejected,
      Map<Rejection, Long> rejectedByReason) {}

  record Blocks(long accepted, long pending, long orphaned, long rejected) {}

  record Source(
      String name,
      boolean up,
      String detail,
      String endpoint,
      long height,
      @Nullable Instant lastJobAt) {}
}
