package io.p2pmining.master.event;

import io.p2pmining.common.settings.Reload;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobView;
import io.p2pmining.master.peer.Peer;
import io.p2pmining.master.peer.Standing;
import io.p2pmining.master.share.FoundBlock;
import io.p2pmining.master.share.Share;
import io.p2pmining.master.trust.Conduct;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Redone;
import io.p2pmining.master.work.Rejection;
import io.p2pmining.master.work.WorkUnit;

/** What happened. Immutable. */
public sealed interface Occurrence {

  /** What kind of thing it is. */
  default EventType type() {
    return switch (this) {
      case JobArrived _, JobEnded _, JobsWithdrawn _ -> EventType.JOB;
      case UnitChanged _, UnitRedone _ -> EventType.UNIT;
      case ShareAccepted _, ShareRejected _ -> EventType.SHARE;
      case BlockChanged _ -> EventType.BLOCK;
      case PeerChanged _, PeerFlagged _, PeerMissedShares _, StandingChanged _ -> EventType.PEER;
      case SettingsReloaded _, SettingsInvalid _ -> EventType.SETTINGS;
    };
  }

  /** A source delivered a job. */
  record JobArrived(Job job) implements Occurrence {}

  /** A finite job is done, failed or was cancelled. */
  record JobEnded(JobView job) implements Occurrence {}

  /** A source has nothing to work on any more. */
  record JobsWithdrawn(String source, String reason) implements Occurrence {}

  /** A unit was assigned, got on or ended. */
  record UnitChanged(WorkUnit unit) implements Occurrence {}

  /** A range was searched once more by another peer, and the shares were compared. */
  record UnitRedone(Redone redone) implements Occurrence {}

  record ShareAccepted(Share share) implements Occurrence {}

  record ShareRejected(PeerId peer, String jobId, Rejection reason) implements Occurrence {}

  /** A block was found, or its outcome is known. */
  record BlockChanged(FoundBlock block) implements Occurrence {}

  /** A peer came, went, or does something else now. */
  record PeerChanged(Peer peer) implements Occurrence {}

  /** A peer found fewer shares than chance allows. */
  record PeerFlagged(PeerId peer, Conduct.Flag flag) implements Occurrence {}

  /** A peer missed shares that another one found. */
  record PeerMissedShares(PeerId peer, Conduct.Omission omission) implements Occurrence {}

  /** A peer gets work again, or none any more. */
  record StandingChanged(PeerId peer, Standing standing) implements Occurrence {}

  /** Settings have other values now, or keep theirs although others are given. */
  record SettingsReloaded(Reload reload) implements Occurrence {}

  /** Settings that were read anew make no sense; nothing changed. */
  record SettingsInvalid(String problem) implements Occurrence {}
}
