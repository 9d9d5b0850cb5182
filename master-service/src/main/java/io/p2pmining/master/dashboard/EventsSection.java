package io.p2pmining.master.dashboard;

import io.p2pmining.common.settings.Reload;
import io.p2pmining.master.event.ClusterEvent;
import io.p2pmining.master.event.EventLog;
import io.p2pmining.master.event.Occurrence;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.peer.Peer;
import io.p2pmining.master.peer.ServiceState;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Tells what happened lately, but for units and accepted shares, of which there are too many. Safe
 * for use by any thread.
 */
@Component
final class EventsSection {

  private static final int LINES = 14;

  private final EventLog log;
  private final PeerNames names;
  private final Clock clock;

  EventsSection(EventLog log, PeerNames names, Clock clock) {
    this.log = log;
    this.names = names;
    this.clock = clock;
  }

  List<EventLine> view() {
    Instant now = clock.instant();
    return log.latest(EventsSection::isTold, LINES).stream()
        .map(event -> line(event, now))
        .toList();
  }

  private static boolean isTold(ClusterEvent event) {
    return !(event.occurrence() instanceof Occurrence.UnitChanged)
        && !(event.occurrence() instanceof Occurrence.UnitRedone)
        && !(event.occurrence() instanceof Occurrence.ShareAccepted);
  }

  private EventLine line(ClusterEvent event, Instant now) {
    Figure at = Figures.ago(event.at(), now);
    return switch (event.occurrence()) {
      case Occurrence.JobArrived(Job job) -> new EventLine("off", "job", arrived(job), at);
      case Occurrence.JobEnded(var view) ->
          new EventLine(
              "off",
              "job",
              "A job of %s is %s, %s found"
                  .formatted(
                      view.job().source(),
                      view.state().name().toLowerCase(Locale.ROOT),
                      Words.many(view.progress().shares(), "share", "shares")),
              at);
      case Occurrence.JobsWithdrawn(String source, String reason) ->
          new EventLine("bad", "job", source + " has no work any more: " + reason, at);
      case Occurrence.BlockChanged(var block) ->
          new EventLine(
              FindingsView.toneFor(block.outcome()),
              "block",
              "The block of %s at height %,d is %s"
                  .formatted(
                      names.of(block.peer()),
                      block.height(),
                      FindingsView.wordFor(block.outcome())),
              at);
      case Occurrence.ShareRejected(var peer, String job, var reason) ->
          new EventLine(
              "bad",
              "share",
              "A share of " + names.of(peer) + " was rejected: " + Words.of(reason),
              at);
      case Occurrence.PeerChanged(Peer peer) -> changed(peer, at);
      case Occurrence.PeerFlagged(var peer, var flag) ->
          new EventLine("warn", "worker", names.of(peer) + " was flagged: " + flag.sentence(), at);
      case Occurrence.PeerMissedShares(var peer, var omission) ->
          new EventLine("warn", "worker", names.of(peer) + ": " + omission.sentence(), at);
      case Occurrence.StandingChanged(var peer, var standing) ->
          new EventLine(
              standing.state() == ServiceState.IN_SERVICE ? "good" : "warn",
              "worker",
              names.of(peer) + " is " + standing.sentence(),
              at);
      case Occurrence.SettingsReloaded(Reload reload) ->
          new EventLine("off", "settings", reloaded(reload), at);
      case Occurrence.SettingsInvalid(String problem) ->
          new EventLine("bad", "settings", "Settings stay as they are: " + problem, at);
      case Occurrence.ShareAccepted(var share) ->
          new EventLine("good", "share", "A share of " + names.of(share.peer()) + " counts", at);
      case Occurrence.UnitRedone(var redone) ->
          new EventLine("off", "unit", "Unit " + redone.ref().unitId() + " was searched twice", at);
      case Occurrence.UnitChanged(var unit) ->
          new EventLine("off", "unit", "Unit " + unit.id() + " is " + unit.state(), at);
    };
  }

  private static String reloaded(Reload reload) {
    String changed =
        reload.changed().stream()
            .map(change -> change.name() + " is " + change.after() + " now")
            .collect(Collectors.joining(", "));
    return changed.isEmpty()
        ? Words.many(reload.refused().size(), "setting waits", "settings wait") + " for a restart"
        : changed;
  }

  private static String arrived(Job job) {
    return job.height() > 0
        ? "A job of %s for height %,d came".formatted(job.source(), job.height())
        : "A job of %s came".formatted(job.source());
  }

  private static EventLine changed(Peer peer, Figure at) {
    String name = peer.identity().name();
    return switch (peer.state()) {
      case CONNECTED -> new EventLine("good", "worker", name + " connected", at);
      case PREPARING -> new EventLine("busy", "worker", name + " prepares to hash", at);
      case MINING -> new EventLine("good", "worker", name + " hashes", at);
      case IDLE -> new EventLine("off", "worker", name + " waits for work", at);
      case DISCONNECTED -> new EventLine("warn", "worker", name + " is gone", at);
    };
  }
}
