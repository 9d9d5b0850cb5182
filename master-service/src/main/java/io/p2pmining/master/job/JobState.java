package io.p2pmining.master.job;

/** Where a job stands. */
public enum JobState {
  /** Its shares count. */
  ACTIVE,
  /** It became obsolete, or was withdrawn. */
  CANCELLED
}
