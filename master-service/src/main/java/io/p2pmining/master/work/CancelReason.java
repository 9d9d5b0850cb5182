package io.p2pmining.master.work;

/** Why units are taken back. */
public enum CancelReason {
  /** A newer job replaced theirs. */
  OBSOLETE,
  /** The lease ran out or is another worker's by now. */
  LEASE_LOST,
  /** The job is finished or was withdrawn. */
  JOB_ENDED
}
