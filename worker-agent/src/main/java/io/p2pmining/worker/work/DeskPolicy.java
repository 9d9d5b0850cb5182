package io.p2pmining.worker.work;

import java.time.Duration;

/**
 * How patient the desk is.
 *
 * @param outboxCapacity how many results may wait for an acknowledgement before hashing pauses
 * @param progressInterval how often the master hears how far each unit is
 * @param disconnectGrace for how long hashing goes on without a connection
 */
public record DeskPolicy(int outboxCapacity, Duration progressInterval, Duration disconnectGrace) {}
