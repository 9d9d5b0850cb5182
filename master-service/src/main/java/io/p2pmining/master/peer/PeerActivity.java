package io.p2pmining.master.peer;

import io.p2pmining.core.pow.HashingMode;
import org.jspecify.annotations.Nullable;

/**
 * What a peer says about itself with each heartbeat.
 *
 * @param state what it is doing; never {@link PeerState#DISCONNECTED}
 * @param algorithm what it mines, empty if nothing
 * @param mode how it mines, null if it does not
 * @param hashesPerSecond its own rate over the last minute
 * @param hashesTotal hashes since it started
 * @param memoryAvailableBytes memory that is free for new work
 */
public record PeerActivity(
    PeerState state,
    String algorithm,
    @Nullable HashingMode mode,
    double hashesPerSecond,
    long hashesTotal,
    long memoryAvailableBytes) {

  static final PeerActivity NONE = new PeerActivity(PeerState.CONNECTED, "", null, 0, 0, 0);
}
