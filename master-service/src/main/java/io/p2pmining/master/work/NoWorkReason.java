package io.p2pmining.master.work;

/** Why a worker gets no work. */
public enum NoWorkReason {
  NO_JOB,
  SOURCE_DOWN,
  UNSUPPORTED_ALGORITHM,
  /** The worker is out of service: drained or quarantined, which the detail says. */
  DRAINING
}
