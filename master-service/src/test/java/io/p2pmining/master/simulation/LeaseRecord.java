package io.p2pmining.master.simulation;

import io.p2pmining.common.work.NonceRange;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.work.Assignment;
import io.p2pmining.master.work.UnitRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the simulation knows of one lease, as an observer who sees both ends. */
final class LeaseRecord {

  final UnitRef ref;
  final SimulatedWorker worker;
  final Job job;
  final NonceRange range;

  /** Cancelled by the master, or its end has reached the master. */
  boolean closed;

  /** The result that reported its end; 0 before. */
  long endedBy;

  /** The master has acknowledged that result, or at least stored it. */
  boolean settled;

  /** Taken back by the master before its end was reported. */
  boolean cancelled;

  /** Why its nonces may be searched again under another lease; null if they must not. */
  @Nullable String disturbance;

  /** From when on a lost connection excuses another lease; null while there is one. */
  @Nullable Instant graceEndsAt;

  /** Until when it lives even if the master hears nothing: as the worker was told with the unit. */
  final Instant promisedUntil;

  /** When it was given, or the master last heard that its worker gets on. */
  Instant aliveAt;

  LeaseRecord(SimulatedWorker worker, Assignment assignment, Instant now) {
    this.ref = assignment.ref();
    this.worker = worker;
    this.job = assignment.job();
    this.range = assignment.range();
    this.promisedUntil = now.plus(assignment.leaseTime());
    this.aliveAt = now;
  }

  void disturb(String reason) {
    if (!closed && disturbance == null) {
      disturbance = reason;
    }
  }

  boolean overlaps(LeaseRecord other) {
    return job.id().equals(other.job.id())
        && range.start() < other.range.end()
        && other.range.start() < range.end();
  }

  @Override
  public String toString() {
    return worker.name() + " " + ref + " of " + job.id() + " " + range + " " + disturbance;
  }
}
