package io.p2pmining.master.api;

import io.p2pmining.common.settings.Reload;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.event.ClusterEvent;
import io.p2pmining.master.event.Occurrence;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobProgress;
import io.p2pmining.master.job.JobState;
import io.p2pmining.master.job.JobView;
import io.p2pmining.master.peer.Peer;
import io.p2pmining.master.peer.PeerState;
import io.p2pmining.master.peer.Standing;
import io.p2pmining.master.trust.Conduct;
import io.p2pmining.master.work.Redone;
import io.p2pmining.master.work.Rejection;
import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes events in the form of server-sent events. Safe for use by any thread. */
final class EventWriter {

  private final JsonMapper json;

  EventWriter(JsonMapper json) {
    this.json = json;
  }

  /** The event with its final empty line; JSON has no line breaks of its own. */
  String text(ClusterEvent event) {
    Occurrence occurrence = event.occurrence();
    return "id: %d\nevent: %s\ndata: %s\n\n"
        .formatted(event.id(), occurrence.type().label(), json.writeValueAsString(view(event)));
  }

  private static EventView view(ClusterEvent event) {
    return switch (event.occurrence()) {
      case Occurrence.JobArrived(Job job) -> new EventView(event.at(), "arrived", arrived(job));
      case Occurrence.JobEnded(JobView job) -> new EventView(event.at(), "ended", Ended.of(job));
      case Occurrence.JobsWithdrawn(String source, String reason) ->
          new EventView(event.at(), "withdrawn", new Withdrawn(source, reason));
      case Occurrence.UnitChanged(var unit) ->
          new EventView(event.at(), "changed", WorkUnitView.of(unit));
      case Occurrence.UnitRedone(Redone redone) ->
          new EventView(event.at(), "redone", RedoneNow.of(redone));
      case Occurrence.ShareAccepted(var share) ->
          new EventView(event.at(), "accepted", ShareView.of(share));
      case Occurrence.ShareRejected(var peer, String job, Rejection reason) ->
          new EventView(event.at(), "rejected", new Rejected(peer.hex(), job, reason));
      case Occurrence.BlockChanged(var block) ->
          new EventView(event.at(), "changed", BlockView.of(block));
      case Occurrence.PeerChanged(Peer peer) ->
          new EventView(
              event.at(),
              "changed",
              new PeerNow(peer.identity().id().hex(), peer.identity().name(), peer.state()));
      case Occurrence.PeerFlagged(var peer, var flag) ->
          new EventView(event.at(), "flagged", new FlaggedNow(peer.hex(), flag));
      case Occurrence.PeerMissedShares(var peer, var omission) ->
          new EventView(event.at(), "missed", new OmissionNow(peer.hex(), omission));
      case Occurrence.StandingChanged(var peer, Standing standing) ->
          new EventView(event.at(), "standing", new StandingNow(peer.hex(), standing));
      case Occurrence.SettingsReloaded(Reload reload) ->
          new EventView(event.at(), "reloaded", reload);
      case Occurrence.SettingsInvalid(String problem) ->
          new EventView(event.at(), "invalid", new InvalidSettings(problem));
    };
  }

  private static Arrived arrived(Job job) {
    Target network = job.networkTarget();
    return new Arrived(
        job.id(),
        job.source(),
        job.algorithm(),
        job.height(),
        network == null ? null : network.difficulty());
  }

  /** What {@code data} holds: when, what changed, and how the thing is now. */
  record EventView(Instant at, String change, Object subject) {}

  record Arrived(
      String id, String source, String algorithm, long height, @Nullable BigInteger difficulty) {}

  record Ended(String id, JobState state, long noncesSearched, long sharesFound) {

    static Ended of(JobView view) {
      JobProgress progress = view.progress();
      return new Ended(view.job().id(), view.state(), progress.searched(), progress.shares());
    }
  }

  record Withdrawn(String source, String reason) {}

  record Rejected(String peerId, String jobId, Rejection reason) {}

  record PeerNow(String id, String name, PeerState state) {}

  record FlaggedNow(String id, Conduct.Flag flag) {}

  record OmissionNow(String id, Conduct.Omission omission) {}

  record RedoneNow(long id, String jobId, RedoView redo) {

    static RedoneNow of(Redone redone) {
      return new RedoneNow(redone.ref().unitId(), redone.jobId(), RedoView.of(redone));
    }
  }

  record InvalidSettings(String problem) {}

  record StandingNow(String id, Standing standing) {}
}
