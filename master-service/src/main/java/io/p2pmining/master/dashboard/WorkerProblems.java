package io.p2pmining.master.dashboard;

import io.p2pmining.master.event.ClusterEvent;
import io.p2pmining.master.event.EventLog;
import io.p2pmining.master.event.Occurrence.ShareRejected;
import io.p2pmining.master.job.JobBoard;
import io.p2pmining.master.peer.PeerState;
import io.p2pmining.master.peer.ServiceState;
import io.p2pmining.master.trust.Conduct;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Looks for what is wrong with the workers. Safe for use by any thread. */
@Component
final class WorkerProblems {

  private static final Duration REJECTED = Duration.ofMinutes(10);
  private static final Duration FLAGGED = Duration.ofDays(7);

  /**
   * Rejections that are looked at; with more of them the numbers are too low, which nobody minds.
   */
  private static final int MAX_REJECTIONS = 1000;

  /** Of one kind so many are named; the others are counted. */
  private static final int NAMED = 3;

  private final EventLog events;
  private final JobBoard board;
  private final PeerNames names;

  WorkerProblems(EventLog events, JobBoard board, PeerNames names) {
    this.events = events;
    this.board = board;
    this.names = names;
  }

  List<Problem> find(List<Member> members, Instant now) {
    List<Problem> found = new ArrayList<>();
    addStandstill(found, members);
    addQuarantined(found, members);
    addRejections(found, now);
    addFlagged(found, members, now);
    addLost(found, members, now);
    return found;
  }

  private void addStandstill(List<Problem> found, List<Member> members) {
    List<Member> connected = members.stream().filter(m -> m.peer().isConnected()).toList();
    if (connected.isEmpty()) {
      found.add(
          new Problem(
              true,
              "No worker is connected.",
              "Start one on each machine: ./p2pmine worker --master HOST:PORT, with the address"
                  + " that this master's log names."));
    } else if (!board.current().isEmpty()
        && connected.stream()
            .noneMatch(
                m ->
                    m.isMining()
                        || m.peer().state() == PeerState.PREPARING
                        || m.peer().state() == PeerState.CONNECTED)) {
      found.add(
          new Problem(
              true,
              Words.many(
                  connected.size(),
                  "worker is connected and does not do anything.",
                  "workers are connected and none does anything."),
              "See the reason in its log: it may be paused, drained, or lack memory or the"
                  + " algorithm."));
    }
  }

  private static void addQuarantined(List<Problem> found, List<Member> members) {
    List<Member> quarantined =
        members.stream().filter(m -> m.standing().state() == ServiceState.QUARANTINED).toList();
    addNamed(
        found,
        quarantined,
        "more worker is quarantined.",
        "more workers are quarantined.",
        "Resume them in the table when their causes are gone.",
        m ->
            new Problem(
                false,
                m.name() + " is " + m.standing().sentence() + ".",
                "Resume it in the table when the cause is gone."));
  }

  private void addRejections(List<Problem> found, Instant now) {
    Instant since = now.minus(REJECTED);
    record Cause(PeerId peer, Rejection reason) {}
    Map<Cause, Integer> counts = new LinkedHashMap<>();
    for (ClusterEvent event :
        events.latest(
            e -> e.occurrence() instanceof ShareRejected && e.at().isAfter(since),
            MAX_REJECTIONS)) {
      if (event.occurrence() instanceof ShareRejected(PeerId peer, String job, Rejection reason)) {
        counts.merge(new Cause(peer, reason), 1, Integer::sum);
      }
    }
    List<Map.Entry<Cause, Integer>> causes =
        counts.entrySet().stream()
            .sorted(Map.Entry.<Cause, Integer>comparingByValue().reversed())
            .toList();
    addNamed(
        found,
        causes,
        "more cause of rejected shares in the last 10 minutes.",
        "more causes of rejected shares in the last 10 minutes.",
        "The table of workers, sorted by rejected shares, shows them.",
        entry ->
            new Problem(
                false,
                "%s of %s rejected in the last 10 minutes: %s."
                    .formatted(
                        Words.many(entry.getValue(), "share", "shares"),
                        names.of(entry.getKey().peer()),
                        Words.of(entry.getKey().reason())),
                Words.remedy(entry.getKey().reason())));
  }

  private static void addFlagged(List<Problem> found, List<Member> members, Instant now) {
    List<Member> flagged = members.stream().filter(m -> isRecent(m.conduct().flag(), now)).toList();
    addNamed(
        found,
        flagged,
        "more worker finds fewer shares than chance allows.",
        "more workers find fewer shares than chance allows.",
        "Look at them in the table of workers.",
        m -> flagged(m.name(), m.conduct()));
  }

  private static boolean isRecent(Conduct.@Nullable Flag flag, Instant now) {
    return flag != null && flag.at().plus(FLAGGED).isAfter(now);
  }

  private static Problem flagged(String name, Conduct conduct) {
    Conduct.Flag flag = conduct.flag();
    String figures = flag == null ? "" : ": " + flag.sentence();
    return new Problem(
        false,
        name + " finds fewer shares than chance allows" + figures + ".",
        "It may skip nonces it reports as searched: quarantine it unless you know why.");
  }

  private static void addLost(List<Problem> found, List<Member> members, Instant now) {
    List<Member> lost =
        members.stream()
            .filter(m -> m.isLatelyGone(now))
            .sorted(Comparator.comparing((Member m) -> m.peer().lastSeenAt()).reversed())
            .toList();
    addNamed(
        found,
        lost,
        "more worker is gone.",
        "more workers are gone.",
        "If so many were not stopped, look at the network.",
        m ->
            new Problem(
                false,
                "%s is gone: last heard of %s."
                    .formatted(m.name(), Figures.ago(m.peer().lastSeenAt(), now).text()),
                "Unless it was stopped, see whether its machine runs and reaches this one."));
  }

  private static <T> void addNamed(
      List<Problem> found,
      List<T> all,
      String oneMore,
      String manyMore,
      String moreRemedy,
      Function<T, Problem> problem) {
    all.stream().limit(NAMED).map(problem).forEach(found::add);
    if (all.size() > NAMED) {
      String more = Words.many(all.size() - NAMED, oneMore, manyMore);
      found.add(new Problem(false, more, moreRemedy));
    }
  }
}
