package io.p2pmining.master.job;

/** How a unit of a job ended. */
public enum UnitEnd {
  COMPLETED,
  FAILED,
  CANCELLED
}
