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
import java.util.List;

/** Passes every event on to several listeners. */
record AllWorkEvents(List<WorkEvents> listeners) implements WorkEvents {

  @Override
  public void jobArrived(Job job) {
    listeners.forEach(listener -> listener.jobArrived(job));
  }

  @Override
  public void jobEnded(JobView job) {
    listeners.forEach(listener -> listener.jobEnded(job));
  }

  @Override
  public void jobsWithdrawn(String source, String reason) {
    listeners.forEach(listener -> listener.jobsWithdrawn(source, reason));
  }

  @Override
  public void unitChanged(WorkUnit unit) {
    listeners.forEach(listener -> listener.unitChanged(unit));
  }

  @Override
  public void shareAccepted(Share share) {
    listeners.forEach(listener -> listener.shareAccepted(share));
  }

  @Override
  public void shareRejected(PeerId peer, String jobId, Rejection reason) {
    listeners.forEach(listener -> listener.shareRejected(peer, jobId, reason));
  }

  @Override
  public void peerFlagged(PeerId peer, Conduct.Flag flag) {
    listeners.forEach(listener -> listener.peerFlagged(peer, flag));
  }

  @Override
  public void unitRedone(Redone redone) {
    listeners.forEach(listener -> listener.unitRedone(redone));
  }

  @Override
  public void peerMissedShares(PeerId peer, Conduct.Omission omission) {
    listeners.forEach(listener -> listener.peerMissedShares(peer, omission));
  }

  @Override
  public void blockChanged(FoundBlock block) {
    listeners.forEach(listener -> listener.blockChanged(block));
  }

  @Override
  public void unitsAssigned(Duration waited) {
    listeners.forEach(listener -> listener.unitsAssigned(waited));
  }

  @Override
  public void resultAcknowledged(Duration waited) {
    listeners.forEach(listener -> listener.resultAcknowledged(waited));
  }

  @Override
  public void jobSpread(Job job, Duration waited) {
    listeners.forEach(listener -> listener.jobSpread(job, waited));
  }
}
