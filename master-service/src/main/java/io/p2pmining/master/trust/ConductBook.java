package io.p2pmining.master.trust;

import io.p2pmining.master.trust.Conduct.Flag;
import io.p2pmining.master.trust.Conduct.Omission;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of every peer's honesty. Guarded by its own lock. A peer that is not heard of for
 * longest is forgotten when there are too many, and begins without trust when it comes back.
 *
 * <p>The log is told at once of whatever speaks against a peer. What speaks for it, it is told of
 * {@link #SAVE_AFTER} later: that much trust a restart may cost.
 */
public final class ConductBook {

  /** As many as the dispatcher knows workers. */
  public static final int MAX_PEERS = 10_000;

  /** How long new trust may wait to be written. */
  static final Duration SAVE_AFTER = Duration.ofMinutes(1);

  /**
   * How exactly it is known who was not heard of for longest: to keep them in order with every
   * share would cost the garbage collector dear.
   */
  private static final Duration ORDER = Duration.ofMinutes(1);

  /** How many peers are written at once: thousands in one group would keep results waiting. */
  static final int SAVED_AT_ONCE = 50;

  private final Supplier<SamplingSettings> sampling;
  private final QuarantineSettings quarantine;
  private final AuditSettings audit;
  private final ConductLog log;

  /** In the order in which peers were heard of last, give or take {@link #ORDER}. */
  private final LinkedHashMap<PeerId, Entry> entries = new LinkedHashMap<>();

  /** Since when peers have news that the log does not know, the oldest first. */
  private final LinkedHashMap<PeerId, Instant> unsaved = new LinkedHashMap<>();

  public ConductBook(
      Supplier<SamplingSettings> sampling,
      QuarantineSettings quarantine,
      AuditSettings audit,
      ConductLog log) {
    this.sampling = sampling;
    this.quarantine = quarantine;
    this.audit = audit;
    this.log = log;
  }

  /** Takes up what an earlier process knew, whom it heard of last at the end. */
  public synchronized void restore(Map<PeerId, KeptConduct> known) {
    known.forEach((peer, kept) -> entry(peer).restore(kept));
  }

  /**
   * Whether a share of the peer is recomputed.
   *
   * @param chance evenly distributed from 0 to 1, and unknown to the peer
   */
  public synchronized boolean samples(PeerId peer, double chance) {
    return entry(peer).confidence.samples(chance);
  }

  /** A share was recomputed and is right. */
  public synchronized void confirmed(PeerId peer, Instant now) {
    entry(peer, now).confidence.confirmed();
    unsaved.putIfAbsent(peer, now);
  }

  /** A share of the peer was rejected; answers with the quarantine that it earned, if any. */
  public synchronized Optional<Sentence> rejected(PeerId peer, Rejection kind, Instant now) {
    Entry entry = entry(peer, now);
    Offence offence = Offence.of(kind);
    if (offence == Offence.BAD_HASH) {
      entry.confidence.lost();
    } else if (quarantine.threshold(offence) == 0) {
      return Optional.empty();
    }
    Optional<Sentence> sentence = entry.misconduct.committed(offence, now);
    save(peer, entry, now);
    return sentence;
  }

  /**
   * A peer completed a range; answers with the flag that it earned, if any, which costs it all
   * trust.
   *
   * @param expected how many shares the range holds on average
   * @param found how many the peer found in it
   * @param took how long it was busy with it
   */
  public synchronized Optional<Flag> completed(
      PeerId peer, double expected, long found, Duration took, Instant now) {
    Entry entry = entry(peer, now);
    Optional<Flag> flag =
        entry
            .audit
            .completed(expected, found, took)
            .map(deficit -> new Flag(now, deficit.expected(), deficit.found()));
    if (flag.isPresent()) {
      entry.flag = flag.get();
      entry.confidence.lost();
      save(peer, entry, now);
    } else {
      unsaved.putIfAbsent(peer, now);
    }
    return flag;
  }

  /**
   * A peer missed shares that another one found, which costs it all trust; answers with the
   * quarantine that it earned, if any.
   */
  public synchronized Optional<Sentence> missed(PeerId peer, Omission omission, Instant now) {
    Entry entry = entry(peer, now);
    entry.omission = omission;
    entry.confidence.lost();
    Optional<Sentence> sentence = Optional.empty();
    for (long i = 0; i < omission.missedShares() && sentence.isEmpty(); i++) {
      sentence = entry.misconduct.committed(Offence.MISSED_SHARE, now);
    }
    save(peer, entry, now);
    return sentence;
  }

  /** A block of the peer was none: it is believed about blocks no more. */
  public synchronized void claimedBlockFalsely(PeerId peer, Instant now) {
    Entry entry = entry(peer, now);
    entry.claimedBlockFalsely = true;
    save(peer, entry, now);
  }

  /** Whether the peer's blocks are submitted before they are verified. */
  public synchronized boolean isBelievedAboutBlocks(PeerId peer) {
    Entry known = entries.get(peer);
    return known == null || !known.claimedBlockFalsely;
  }

  /** Tells the log of news that have waited long enough, a few peers at a time. */
  public synchronized void saveNews(Instant now) {
    for (int i = 0; i < SAVED_AT_ONCE; i++) {
      Map.Entry<PeerId, Instant> oldest = unsaved.firstEntry();
      if (oldest == null || oldest.getValue().plus(SAVE_AFTER).isAfter(now)) {
        return;
      }
      save(oldest.getKey(), entry(oldest.getKey()), now);
    }
  }

  /** What is known of a peer. */
  public synchronized Conduct of(PeerId peer) {
    Entry known = entries.get(peer);
    Entry entry = known == null ? new Entry() : known;
    return new Conduct(
        entry.confidence.sampledPart(),
        entry.audit.expected(),
        entry.audit.found(),
        entry.flag,
        entry.omission);
  }

  private void save(PeerId peer, Entry entry, Instant now) {
    unsaved.remove(peer);
    log.conductChanged(peer, entry.kept(now));
  }

  /** The entry of a peer that is heard of. */
  private Entry entry(PeerId peer, Instant now) {
    Entry entry = entry(peer);
    if (Duration.between(entry.heardOf, now).compareTo(ORDER) >= 0) {
      entry.heardOf = now;
      entries.putLast(peer, entry);
    }
    return entry;
  }

  private Entry entry(PeerId peer) {
    Entry entry = entries.computeIfAbsent(peer, p -> new Entry());
    if (entries.size() > MAX_PEERS) {
      Iterator<Map.Entry<PeerId, Entry>> oldest = entries.entrySet().iterator();
      Map.Entry<PeerId, Entry> forgotten = oldest.next();
      Instant since = unsaved.get(forgotten.getKey());
      if (since != null) {
        save(forgotten.getKey(), forgotten.getValue(), since);
      }
      oldest.remove();
    }
    return entry;
  }

  private final class Entry {

    private final Confidence confidence = new Confidence(sampling);
    private final Misconduct misconduct = new Misconduct(quarantine);
    private final RangeAudit audit = new RangeAudit(ConductBook.this.audit);
    private @Nullable Flag flag;
    private @Nullable Omission omission;
    private boolean claimedBlockFalsely;
    private Instant heardOf = Instant.EPOCH;

    void restore(KeptConduct kept) {
      confidence.restore(kept.rightShares());
      misconduct.restore(kept.offences(), kept.quarantines(), kept.lastQuarantineEnd());
      audit.restore(kept.auditStatistics(), kept.expectedShares(), kept.foundShares());
      flag = kept.flag();
      omission = kept.omission();
      claimedBlockFalsely = kept.claimedBlockFalsely();
    }

    KeptConduct kept(Instant now) {
      return new KeptConduct(
          confidence.right(),
          misconduct.levels(),
          misconduct.quarantines(),
          misconduct.lastEnd(),
          audit.statistics(),
          audit.expected(),
          audit.found(),
          flag,
          omission,
          claimedBlockFalsely,
          now);
    }
  }
}
