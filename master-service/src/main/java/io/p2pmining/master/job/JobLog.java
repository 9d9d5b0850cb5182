package io.p2pmining.master.job;

/** Told of everything that happens to jobs, under the board's lock: returns at once. */
public interface JobLog {

  /** For who keeps no record. */
  JobLog NONE = view -> {};

  /** A job was put up, cut from, replaced or ended. */
  void jobChanged(JobView view);
}
