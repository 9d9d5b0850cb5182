package io.p2pmining.worker.work;

import io.p2pmining.core.miner.MiningTask;
import java.time.Duration;

/**
 * A unit that the master has leased to this worker.
 *
 * @param ref the assignment
 * @param jobId the job it is a part of
 * @param task what the miner does about it
 * @param leaseTime how long the lease lasts without a sign of progress
 */
record LeasedUnit(UnitRef ref, String jobId, MiningTask task, Duration leaseTime) {}
