package io.p2pmining.master.job;

/** Takes what a source delivers. Returns quickly: it is called on the source's thread. */
public interface JobListener {

  /** A new job that replaces the source's older ones. */
  void jobArrived(Job job, Replacement replacement);

  /** The source has nothing to work on any more, for example because no node answers. */
  void jobsWithdrawn(String source, String reason);

  /** What becomes of the source's older jobs when a new one arrives. */
  enum Replacement {
    /** They are worthless from now on: units are cancelled, late shares are stale. */
    NEW_TIP,
    /** Their shares still count: units in flight are finished, but no new ones are cut. */
    REFRESH
  }
}
