package io.p2pmining.master.dispatch;

import static io.p2pmining.common.log.LogThrottle.notShown;

import io.p2pmining.common.log.LogThrottle;
import io.p2pmining.common.work.Bytes;
import io.p2pmining.master.peer.PeerStandings;
import io.p2pmining.master.peer.Standing;
import io.p2pmining.master.peer.StandingChange;
import io.p2pmining.master.trust.Conduct;
import io.p2pmining.master.trust.ConductBook;
import io.p2pmining.master.trust.Sentence;
import io.p2pmining.master.trust.ShareOdds;
import io.p2pmining.master.trust.TrustSettings;
import io.p2pmining.master.work.Assignment;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Rejection;
import io.p2pmining.master.work.UnitRef;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches what peers do with their leases, decides which shares are recomputed, and keeps work from
 * those that have done too much wrong. Owned by the dispatcher's thread.
 */
public final class Oversight {

  private static final Logger LOG = LoggerFactory.getLogger(Oversight.class);

  private static final int LINES_PER_WINDOW = 20;
  private static final Duration LOG_WINDOW = Duration.ofSeconds(10);

  /** As many as terms are kept; what is forgotten is not audited. */
  private static final int MAX_LEASES = 100_000;

  /** As many as the dispatcher knows workers. */
  private static final int MAX_PEERS = 10_000;

  /** Only jobs for tests have more in one unit; such a lease is not audited. */
  private static final int MAX_SHARES = 10_000;

  private final PeerStandings standings;
  private final ConductBook book;
  private final TrustSettings settings;
  private final DoubleSupplier chance;
  private final Clock clock;
  private final LogThrottle throttle;
  private final Map<UnitRef, Watched> leases = new Bounded<>(MAX_LEASES);
  private final Map<PeerId, Instant> lastCompleted = new Bounded<>(MAX_PEERS);

  /**
   * @param chance evenly distributed from 0 to 1, and not to be foreseen by a peer
   */
  public Oversight(
      PeerStandings standings,
      ConductBook book,
      TrustSettings settings,
      DoubleSupplier chance,
      Clock clock) {
    this.standings = standings;
    this.book = book;
    this.settings = settings;
    this.chance = chance;
    this.clock = clock;
    this.throttle = new LogThrottle(LINES_PER_WINDOW, LOG_WINDOW, clock);
  }

  PeerStandings standings() {
    return standings;
  }

  /** Whether the peer gets work. */
  Standing standingOf(PeerId peer) {
    return standings.of(peer);
  }

  /** What only time brings. */
  void checkTime() {
    standings.endQuarantines();
    book.saveNews(clock.instant());
  }

  /** A unit is given to a peer. */
  void leased(Assignment unit) {
    double expected = unit.range().count() * ShareOdds.of(unit.shareTarget());
    leases.put(unit.ref(), new Watched(expected, clock.instant(), new ReportedShares()));
  }

  /**
   * A share that is in its range and meets its target was reported, right or not.
   *
   * @return false if it was reported under this lease before
   */
  boolean found(UnitRef ref, long nonce, Bytes hash) {
    Watched lease = leases.get(ref);
    return lease == null || lease.shares.size() >= MAX_SHARES || lease.shares.add(nonce, hash);
  }

  /** The shares that were reported under a lease, by nonce; null if they are not all known. */
  @Nullable Map<Long, Bytes> foundUnder(UnitRef ref) {
    Watched lease = leases.get(ref);
    return lease == null || lease.shares.size() >= MAX_SHARES ? null : lease.shares.asMap();
  }

  /** The shares under a lease are not all known: it says nothing about its peer. */
  void unwatch(UnitRef ref) {
    leases.remove(ref);
  }

  /** Whether a range that was searched is searched once more. */
  boolean redoes() {
    return chance.getAsDouble() < settings.redoShare();
  }

  /** Whether a share of the peer is recomputed. */
  boolean verifies(PeerId peer) {
    return book.samples(peer, chance.getAsDouble());
  }

  /** A share was recomputed and is right. */
  void confirmed(PeerId peer) {
    book.confirmed(peer, clock.instant());
  }

  /** Whether a peer's blocks are submitted before they are verified: until one was none. */
  boolean isBelievedAboutBlocks(PeerId peer) {
    return book.isBelievedAboutBlocks(peer);
  }

  /** What a peer said was a block is none. */
  void claimedBlockFalsely(PeerId peer) {
    book.claimedBlockFalsely(peer, clock.instant());
  }

  /** A share was rejected, and the peer is to blame. */
  void rejected(PeerId peer, Rejection reason) {
    book.rejected(peer, reason, clock.instant()).ifPresent(sentence -> quarantine(peer, sentence));
  }

  /**
   * A peer has searched all that was leased to it; answers with the flag that it earned, if any.
   */
  Optional<Conduct.Flag> completed(PeerId peer, UnitRef ref) {
    Instant now = clock.instant();
    Instant before = lastCompleted.put(peer, now);
    Watched lease = leases.remove(ref);
    if (lease == null || lease.shares.size() >= MAX_SHARES) {
      return Optional.empty();
    }
    Instant begin = before == null || before.isBefore(lease.since) ? lease.since : before;
    boolean known = book.of(peer).flag() != null;
    Optional<Conduct.Flag> flag =
        book.completed(
            peer, lease.expected, lease.shares.size(), Duration.between(begin, now), now);
    if (!known) {
      flag.ifPresent(raised -> warn(peer, raised.sentence()));
    }
    return flag;
  }

  /** A peer missed shares that another one found: it has not searched what it says. */
  void missed(PeerId peer, Conduct.Omission omission) {
    warn(peer, omission.sentence());
    book.missed(peer, omission, clock.instant()).ifPresent(sentence -> quarantine(peer, sentence));
  }

  private void warn(PeerId peer, String figures) {
    throttle.log(
        kept ->
            LOG.warn("Worker {} may not search what it says: {}{}", peer, figures, notShown(kept)));
  }

  private void quarantine(PeerId peer, Sentence sentence) {
    if (standings.quarantine(peer, sentence.reason(), sentence.duration())
        instanceof StandingChange.Changed(Standing standing)) {
      throttle.log(
          kept -> LOG.warn("Worker {} is {}{}", peer, standing.sentence(), notShown(kept)));
    }
  }

  /** A lease that is alive. */
  private record Watched(double expected, Instant since, ReportedShares shares) {}
}
