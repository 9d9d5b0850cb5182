package io.p2pmining.worker.work;

import io.p2pmining.common.wire.v1.AssignedUnit;
import io.p2pmining.core.miner.MiningTask;
import java.time.Duration;

/**
 * A unit that the master has leased to this worker.
 *
 * @param assigned as the master assigned it
 * @param task what the miner does about it
 * @param searchedBefore how many of its first nonces the task leaves out, because a former process
 *     of this worker has hashed them
 */
record LeasedUnit(AssignedUnit assigned, MiningTask task, long searchedBefore) {

  /** The assignment. */
  UnitRef ref() {
    return UnitRef.of(assigned);
  }

  /** The job it is a part of. */
  String jobId() {
    return assigned.getJob().getJobId();
  }

  /** How long the lease lasts without a sign of progress. */
  Duration leaseTime() {
    return Duration.ofMillis(assigned.getLeaseMs());
  }

  /**
   * How many of the unit's first nonces have been hashed.
   *
   * @param ofTask how many of the task's
   */
  long searched(long ofTask) {
    return searchedBefore + ofTask;
  }
}
