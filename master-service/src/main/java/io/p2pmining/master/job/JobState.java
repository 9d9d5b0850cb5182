package io.p2pmining.master.job;

/** Where a job stands. */
public enum JobState {
  /** Its shares count. */
  ACTIVE,
  /** All of its range has been searched, or what was wanted has been found. */
  COMPLETED,
  /** It became obsolete, or was withdrawn. */
  CANCELLED
}
