package io.p2pmining.worker.work;

import java.time.Duration;

/**
 * How patient the desk is, and how hard it has the miner work.
 *
 * @param outboxCapacity how many results may wait for an acknowledgement before hashing pauses
 * @param progressInterval how often the master hears how far each unit is
 * @param disconnectGrace for how long hashing goes on without a connection
 * @param throttlePercent for how much of the time each thread hashes, 1 to 100
 */
public record DeskPolicy(
    int outboxCapacity, Duration progressInterval, Duration disconnectGrace, int throttlePercent) {}
