package io.p2pmining.master.dispatch;

import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobView;
import io.p2pmining.master.share.FoundBlock;
import io.p2pmining.master.share.Share;
import io.p2pmining.master.trust.Conduct;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Redone;
import io.p2pmining.master.work.Rejection;
import io.p2pmining.master.work.WorkUnit;
import java.time.Duration;

/** Told what happens to the work, on the dispatcher's thread: returns quickly. */
public interface WorkEvents {

  /** For who does not care. */
  WorkEvents NONE = new WorkEvents() {};

  default void jobArrived(Job job) {}

  /** A finite job is done, failed or was cancelled. */
  default void jobEnded(JobView job) {}

  default void jobsWithdrawn(String source, String reason) {}

  default void unitChanged(WorkUnit unit) {}

  default void shareAccepted(Share share) {}

  default void shareRejected(PeerId peer, String jobId, Rejection reason) {}

  /** A peer found fewer shares than chance allows. */
  default void peerFlagged(PeerId peer, Conduct.Flag flag) {}

  /** A range was searched once more by another peer, and the shares were compared. */
  default void unitRedone(Redone redone) {}

  /** A peer missed shares that another one found. */
  default void peerMissedShares(PeerId peer, Conduct.Omission omission) {}

  /** A block was found, or its outcome is known now. */
  default void blockChanged(FoundBlock block) {}

  /** Units were handed to a worker, so long after what made them due had come. */
  default void unitsAssigned(Duration waited) {}

  /** A worker was told what became of a result, so long after it had come. */
  default void resultAcknowledged(Duration waited) {}

  /** The last worker was given units of a new tip's job, so long after it had come. */
  default void jobSpread(Job job, Duration waited) {}
}
