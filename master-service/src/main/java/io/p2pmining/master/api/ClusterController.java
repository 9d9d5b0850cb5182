package io.p2pmining.master.api;

import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.job.JobBoard;
import io.p2pmining.master.job.JobSource;
import io.p2pmining.master.job.JobState;
import io.p2pmining.master.job.SourceStatus;
import io.p2pmining.master.node.MasterIdentity;
import io.p2pmining.master.peer.HashRateHistory;
import io.p2pmining.master.peer.PeerRegistry;
import io.p2pmining.master.peer.PeerState;
import io.p2pmining.master.share.ShareLedger;
import io.p2pmining.master.work.WorkQueue;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /cluster}: everything at a glance. */
@RestController
final class ClusterController {

  private static final Duration SHORT_WINDOW = Duration.ofMinutes(1);
  private static final Duration LONG_WINDOW = Duration.ofMinutes(15);

  private final MasterIdentity self;
  private final PeerRegistry peers;
  private final HashRateHistory rates;
  private final JobBoard board;
  private final WorkQueue queue;
  private final ShareLedger ledger;
  private final ObjectProvider<JobSource> sources;
  private final Clock clock;

  ClusterController(
      MasterIdentity self,
      PeerRegistry peers,
      HashRateHistory rates,
      JobBoard board,
      WorkQueue queue,
      ShareLedger ledger,
      ObjectProvider<JobSource> sources,
      Clock clock) {
    this.self = self;
    this.peers = peers;
    this.rates = rates;
    this.board = board;
    this.queue = queue;
    this.ledger = ledger;
    this.sources = sources;
    this.clock = clock;
  }

  @Operation(operationId = "cluster", summary = "Everything at a glance")
  @GetMapping("/cluster")
  ClusterView cluster() {
    return new ClusterView(
        self.id().toString(),
        self.name(),
        self.version(),
        self.startedAt(),
        Duration.between(self.startedAt(), clock.instant()).toSeconds(),
        hashRates(),
        peers(),
        jobs(),
        queue.countByState(),
        shares(),
        blocks(),
        sources());
  }

  /** The hash rate of all peers together, for charts. */
  @Operation(operationId = "hashRate", summary = "The hash rate of all peers together, for charts")
  @GetMapping("/cluster/hashrate")
  HashRateView hashRate(@RequestParam(defaultValue = "15m") String window) {
    ChartWindow chart = ChartWindow.of(window);
    Instant now = clock.instant();
    return new HashRateView(
        chart.label(),
        chart.resolution().step().toSeconds(),
        now.minus(chart.length()),
        now,
        rates.samples(chart.resolution(), chart.length()).stream()
            .map(HashRateView.Sample::of)
            .toList());
  }

  private ClusterView.HashRates hashRates() {
    return new ClusterView.HashRates(
        peers.hashesPerSecond(), rates.average(SHORT_WINDOW), rates.average(LONG_WINDOW));
  }

  private ClusterView.Peers peers() {
    var byState = peers.countByState();
    long known = byState.values().stream().mapToLong(Long::longValue).sum();
    return new ClusterView.Peers(
        known - byState.getOrDefault(PeerState.DISCONNECTED, 0L), known, byState);
  }

  private ClusterView.Jobs jobs() {
    var jobs = board.list();
    long active = jobs.stream().filter(view -> view.state() == JobState.ACTIVE).count();
    return new ClusterView.Jobs(active, jobs.size());
  }

  private ClusterView.Shares shares() {
    var total = ledger.total();
    return new ClusterView.Shares(
        total.accepted(), ledger.acceptedDifficulty(), total.rejectedTotal(), total.rejected());
  }

  private ClusterView.Blocks blocks() {
    var outcomes = ledger.blockOutcomes();
    return new ClusterView.Blocks(
        outcomes.getOrDefault(BlockOutcome.State.ACCEPTED, 0L),
        outcomes.getOrDefault(BlockOutcome.State.PENDING, 0L),
        outcomes.getOrDefault(BlockOutcome.State.ORPHANED, 0L),
        outcomes.getOrDefault(BlockOutcome.State.REJECTED, 0L));
  }

  private List<ClusterView.Source> sources() {
    return sources.orderedStream().map(ClusterController::view).toList();
  }

  private static ClusterView.Source view(JobSource source) {
    SourceStatus status = source.status();
    return new ClusterView.Source(
        source.name(),
        status.up(),
        status.detail(),
        status.endpoint(),
        status.height(),
        status.lastJobAt());
  }
}
