package io.p2pmining.master.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.master.event.EventLog;
import io.p2pmining.master.event.Occurrence;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobBoard;
import io.p2pmining.master.job.JobListener;
import io.p2pmining.master.peer.Peer;
import io.p2pmining.master.peer.PeerActivity;
import io.p2pmining.master.peer.PeerCapabilities;
import io.p2pmining.master.peer.PeerIdentity;
import io.p2pmining.master.peer.PeerLog;
import io.p2pmining.master.peer.PeerRegistry;
import io.p2pmining.master.peer.PeerState;
import io.p2pmining.master.peer.ServiceState;
import io.p2pmining.master.peer.Standing;
import io.p2pmining.master.trust.Conduct;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerProblemsTest {

  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
  private static final Conduct HONEST = new Conduct(1, 0, 0, null, null);

  private Instant clock = NOW;
  private final EventLog log = new EventLog(() -> clock, 100, 1);
  private final JobBoard board = new JobBoard(() -> 10, view -> {});
  private final PeerRegistry registry = new PeerRegistry(() -> clock, 10, PeerLog.NONE);
  private final WorkerProblems problems = new WorkerProblems(log, board, new PeerNames(registry));

  @Test
  void findsNothingWrongWithWorkersThatHash() {
    postJob();

    assertThat(find(member(1, PeerState.MINING), member(2, PeerState.IDLE))).isEmpty();
  }

  @Test
  void anEmptyClusterIsUrgentAndSaysHowToStartAWorker() {
    assertThat(problems.find(List.of(), NOW))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.grave()).isTrue();
              assertThat(problem.what()).isEqualTo("No worker is connected.");
              assertThat(problem.remedy()).contains("./p2pmine worker --master");
            });
  }

  @Test
  void workersThatDoNothingAreUrgentOnlyIfThereIsWork() {
    assertThat(find(member(1, PeerState.IDLE))).isEmpty();
    postJob();

    assertThat(find(member(1, PeerState.IDLE)))
        .containsExactly("1 worker is connected and does not do anything.");
    assertThat(find(member(1, PeerState.PREPARING))).isEmpty();
  }

  @Test
  void namesAFewWorkersInQuarantineAndCountsTheOthers() {
    Standing standing = new Standing(ServiceState.QUARANTINED, "lies", NOW, null);
    List<Member> members = new ArrayList<>(List.of(member(1, PeerState.MINING)));
    for (int i = 2; i < 7; i++) {
      members.add(new Member(peer(i, PeerState.IDLE, NOW), standing, HONEST));
    }

    assertThat(problems.find(members, NOW))
        .extracting(Problem::what)
        .containsExactly(
            "rig-2 is quarantined until an operator resumes it: lies.",
            "rig-3 is quarantined until an operator resumes it: lies.",
            "rig-4 is quarantined until an operator resumes it: lies.",
            "2 more workers are quarantined.");
  }

  @Test
  void countsRejectedSharesByWorkerAndReasonForTenMinutes() {
    registry.connected(identity(1), capabilities());
    clock = NOW.minus(Duration.ofMinutes(11));
    reject(1, Rejection.STALE);
    clock = NOW.minus(Duration.ofMinutes(9));
    reject(1, Rejection.BAD_HASH);
    reject(1, Rejection.BAD_HASH);
    reject(9, Rejection.DUPLICATE);

    assertThat(problems.find(List.of(member(1, PeerState.MINING)), NOW))
        .extracting(Problem::what, problem -> problem.remedy().split(":", 2)[0])
        .containsExactly(
            tuple(
                "2 shares of rig-1 rejected in the last 10 minutes: with a wrong hash.",
                "Its memory or processor computes wrongly"),
            tuple(
                "1 share of 00000000… rejected in the last 10 minutes: credited before.",
                "Its program does not keep to the protocol"));
  }

  @Test
  void tellsOfFlagsWithTheirFiguresForAWeek() {
    assertThat(find(flagged(Duration.ofDays(8)))).isEmpty();
    assertThat(find(flagged(Duration.ofDays(6))))
        .containsExactly(
            "rig-1 finds fewer shares than chance allows: 2 shares found in completed ranges that"
                + " hold 30 on average.");
  }

  @Test
  void aWorkerThatIsGoneIsNewsForAQuarterOfAnHour() {
    Member there = member(1, PeerState.MINING);

    assertThat(find(there, new Member(gone(2, Duration.ofMinutes(3)), Standing.IN_SERVICE, HONEST)))
        .containsExactly("rig-2 is gone: last heard of 3 m ago.");
    assertThat(
            find(there, new Member(gone(2, Duration.ofMinutes(16)), Standing.IN_SERVICE, HONEST)))
        .isEmpty();
  }

  private List<String> find(Member... members) {
    return problems.find(List.of(members), NOW).stream().map(Problem::what).toList();
  }

  private void reject(int peer, Rejection reason) {
    log.append(new Occurrence.ShareRejected(id(peer), "job", reason));
  }

  private Member flagged(Duration ago) {
    Conduct.Flag flag = new Conduct.Flag(NOW.minus(ago), 30, 2);
    return new Member(
        peer(1, PeerState.MINING, NOW), Standing.IN_SERVICE, new Conduct(1, 0, 0, flag, null));
  }

  private void postJob() {
    Job job =
        new Job(
            "job",
            "source",
            "rx/0",
            Bytes.copyOf(new byte[76]),
            39,
            NonceRange.ALL,
            Bytes.EMPTY,
            Bytes.EMPTY,
            null,
            1,
            Bytes.EMPTY,
            NOW);
    board.put(job, JobListener.Replacement.NEW_TIP, NOW);
  }

  private static Member member(int number, PeerState state) {
    return new Member(peer(number, state, NOW), Standing.IN_SERVICE, HONEST);
  }

  private static Peer gone(int number, Duration ago) {
    return peer(number, PeerState.DISCONNECTED, NOW.minus(ago));
  }

  private static Peer peer(int number, PeerState state, Instant seen) {
    return new Peer(identity(number), state, capabilities(), activity(), seen, seen);
  }

  private static PeerActivity activity() {
    return new PeerActivity(PeerState.MINING, "rx/0", HashingMode.LIGHT, 10, 1, 1);
  }

  private static PeerIdentity identity(int number) {
    return new PeerIdentity(id(number), "rig-" + number, "test/1", "127.0.0.1:1", 0);
  }

  private static PeerId id(int number) {
    return new PeerId("%032x".formatted(number));
  }

  private static PeerCapabilities capabilities() {
    return new PeerCapabilities(
        1, 1, 1, 1, "", "amd64", "Linux", true, true, false, 0, 0, 0, 0, List.of());
  }
}
