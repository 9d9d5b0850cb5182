package io.p2pmining.master.dashboard;

import io.p2pmining.core.pow.Target;
import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobBoard;
import io.p2pmining.master.job.JobSource;
import io.p2pmining.master.job.SourceStatus;
import io.p2pmining.master.node.MasterIdentity;
import io.p2pmining.master.peer.HashRateHistory;
import io.p2pmining.master.peer.PeerState;
import io.p2pmining.master.peer.RateSample;
import io.p2pmining.master.peer.Resolution;
import io.p2pmining.master.share.ShareCounts;
import io.p2pmining.master.share.ShareLedger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Answers whether it is mining, how fast, and what is wrong. Safe for use by any thread. */
@Component
final class NowSection {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration QUARTER = Duration.ofMinutes(15);
  private static final Duration DAY = Duration.ofHours(24);

  private final MasterIdentity self;
  private final HashRateHistory rates;
  private final JobBoard board;
  private final ShareLedger ledger;
  private final ObjectProvider<JobSource> sources;
  private final Membership membership;
  private final Problems problems;
  private final Clock clock;

  NowSection(
      MasterIdentity self,
      HashRateHistory rates,
      JobBoard board,
      ShareLedger ledger,
      ObjectProvider<JobSource> sources,
      Membership membership,
      Problems problems,
      Clock clock) {
    this.self = self;
    this.rates = rates;
    this.board = board;
    this.ledger = ledger;
    this.sources = sources;
    this.membership = membership;
    this.problems = problems;
    this.clock = clock;
  }

  NowView view() {
    Instant now = clock.instant();
    List<Member> members = membership.all();
    double rate = members.stream().mapToDouble(member -> member.peer().hashesPerSecond()).sum();
    long mining = members.stream().filter(Member::isMining).count();
    long connected = members.stream().filter(member -> member.peer().isConnected()).count();
    ShareCounts shares = ledger.total();
    long reported = shares.accepted() + shares.rejectedTotal();
    Map<BlockOutcome.State, Long> blocks = ledger.blockOutcomes();
    Doing doing = doing(members, mining, connected);
    return new NowView(
        doing.state(),
        doing.tone(),
        doing.explanation(),
        Figures.rate(rate),
        Figures.rate(rates.average(MINUTE)),
        Figures.rate(rates.average(QUARTER)),
        Figures.rate(mean(rates.samples(Resolution.TWO_MINUTES, DAY))),
        Figures.count(mining),
        Figures.count(connected),
        Figures.count(shares.accepted()),
        rejected(shares),
        Figures.percent(reported == 0 ? 0 : shares.rejectedTotal() / (double) reported),
        shares.rejectedTotal() > 0,
        Figures.large(ledger.acceptedDifficulty()),
        Figures.count(blocks.getOrDefault(BlockOutcome.State.ACCEPTED, 0L)),
        others(blocks),
        blockTime(rate),
        sources.orderedStream().map(source -> view(source, now)).toList(),
        problems.find(members, now),
        Figures.duration(Duration.between(self.startedAt(), now)),
        self.version(),
        Figures.moment(now));
  }

  private record Doing(String state, String tone, String explanation) {}

  private Doing doing(List<Member> members, long mining, long connected) {
    if (mining > 0) {
      return new Doing(
          "Mining", "good", Words.many(mining, "worker hashes", "workers hash") + " right now.");
    }
    if (connected == 0) {
      return new Doing("No workers", "bad", "Nobody is connected to hash.");
    }
    if (board.current().isEmpty()) {
      return new Doing(
          "No work", "warn", Words.many(connected, "worker waits", "workers wait") + " for a job.");
    }
    if (members.stream().anyMatch(member -> member.peer().state() == PeerState.PREPARING)) {
      return new Doing("Preparing", "busy", "Workers build what they need before they can hash.");
    }
    return new Doing(
        "Idle",
        "warn",
        Words.many(connected, "worker is", "workers are") + " connected, none hashes.");
  }

  private static Figure rejected(ShareCounts shares) {
    Figure total = Figures.count(shares.rejectedTotal());
    return shares.rejected().isEmpty() ? total : new Figure(total.text(), PeerRow.reasons(shares));
  }

  private static String others(Map<BlockOutcome.State, Long> blocks) {
    List<String> parts = new ArrayList<>();
    for (BlockOutcome.State state :
        List.of(
            BlockOutcome.State.PENDING, BlockOutcome.State.ORPHANED, BlockOutcome.State.REJECTED)) {
      long count = blocks.getOrDefault(state, 0L);
      if (count > 0) {
        parts.add(count + " " + FindingsView.wordFor(state));
      }
    }
    return String.join(", ", parts);
  }

  /** On average, for the hardest of the current jobs that can make a block. */
  private Figure blockTime(double rate) {
    double difficulty =
        board.current().stream()
            .filter(job -> job.finite() == null)
            .map(Job::networkTarget)
            .mapToDouble(target -> target == null ? 0 : difficulty(target))
            .max()
            .orElse(0);
    return difficulty == 0 || rate <= 0 ? Figure.NONE : Figures.seconds(difficulty / rate);
  }

  private static double difficulty(Target target) {
    return target.difficulty().doubleValue();
  }

  private static double mean(List<RateSample> samples) {
    return samples.stream().mapToDouble(RateSample::hashesPerSecond).average().orElse(0);
  }

  private static NowView.Source view(JobSource source, Instant now) {
    SourceStatus status = source.status();
    return new NowView.Source(
        source.name(),
        status.up(),
        status.detail(),
        status.endpoint(),
        status.height() > 0 ? Figures.count(status.height()).text() : "",
        Figures.ago(status.lastJobAt(), now));
  }
}
