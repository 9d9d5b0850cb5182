package io.p2pmining.master.event;

import io.p2pmining.common.settings.Reload;
import io.p2pmining.common.settings.ReloadListener;
import io.p2pmining.master.dispatch.WorkEvents;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobView;
import io.p2pmining.master.peer.Peer;
import io.p2pmining.master.peer.PeerListener;
import io.p2pmining.master.peer.Standing;
import io.p2pmining.master.peer.StandingListener;
import io.p2pmining.master.share.FoundBlock;
import io.p2pmining.master.share.Share;
import io.p2pmining.master.trust.Conduct;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Redone;
import io.p2pmining.master.work.Rejection;
import io.p2pmining.master.work.WorkUnit;

/** Writes what it is told into the log. Safe for use by any thread. */
final class EventFeed implements WorkEvents, PeerListener, StandingListener, ReloadListener {

  private final EventLog log;

  EventFeed(EventLog log) {
    this.log = log;
  }

  @Override
  public void jobArrived(Job job) {
    log.append(new Occurrence.JobArrived(job));
  }

  @Override
  public void jobEnded(JobView job) {
    log.append(new Occurrence.JobEnded(job));
  }

  @Override
  public void jobsWithdrawn(String source, String reason) {
    log.append(new Occurrence.JobsWithdrawn(source, reason));
  }

  @Override
  public void unitChanged(WorkUnit unit) {
    log.append(new Occurrence.UnitChanged(unit));
  }

  @Override
  public void shareAccepted(Share share) {
    log.append(new Occurrence.ShareAccepted(share));
  }

  @Override
  public void shareRejected(PeerId peer, String jobId, Rejection reason) {
    log.append(new Occurrence.ShareRejected(peer, jobId, reason));
  }

  @Override
  public void blockChanged(FoundBlock block) {
    log.append(new Occurrence.BlockChanged(block));
  }

  @Override
  public void peerFlagged(PeerId peer, Conduct.Flag flag) {
    log.append(new Occurrence.PeerFlagged(peer, flag));
  }

  @Override
  public void unitRedone(Redone redone) {
    log.append(new Occurrence.UnitRedone(redone));
  }

  @Override
  public void peerMissedShares(PeerId peer, Conduct.Omission omission) {
    log.append(new Occurrence.PeerMissedShares(peer, omission));
  }

  @Override
  public void peerChanged(Peer peer) {
    log.append(new Occurrence.PeerChanged(peer));
  }

  @Override
  public void standingChanged(PeerId peer, Standing standing) {
    log.append(new Occurrence.StandingChanged(peer, standing));
  }

  @Override
  public void reloaded(Reload reload) {
    log.append(new Occurrence.SettingsReloaded(reload));
  }

  @Override
  public void invalid(String problem) {
    log.append(new Occurrence.SettingsInvalid(problem));
  }
}
