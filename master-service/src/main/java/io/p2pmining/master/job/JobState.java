package io.p2pmining.master.job;

/** Where a job stands. */
public enum JobState {
  /** Its shares count. */
  ACTIVE,
  /** Finite, and its nonces are searched, or as many shares found as were asked for. */
  COMPLETED,
  /** It became obsolete, or was withdrawn. */
  CANCELLED,
  /** Finite, and some of its nonces were given up after too many attempts. */
  FAILED
}
