package io.p2pmining.master.trust;

import io.p2pmining.master.trust.Conduct.Flag;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of every peer's honesty. Guarded by its own lock. A peer that is not heard of for
 * longest is forgotten when there are too many, and begins without trust when it comes back.
 */
public final class ConductBook {

  /** As many as the dispatcher knows workers. */
  private static final int MAX_PEERS = 10_000;

  private final SamplingSettings sampling;
  private final QuarantineSettings quarantine;
  private final AuditSettings audit;
  private final Map<PeerId, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  public ConductBook(
      SamplingSettings sampling, QuarantineSettings quarantine, AuditSettings audit) {
    this.sampling = sampling;
    this.quarantine = quarantine;
    this.audit = audit;
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
  public synchronized void confirmed(PeerId peer) {
    entry(peer).confidence.confirmed();
  }

  /** A share of the peer was rejected; answers with the quarantine that it earned, if any. */
  public synchronized Optional<Sentence> rejected(PeerId peer, Rejection kind, Instant now) {
    Entry entry = entry(peer);
    if (kind == Rejection.BAD_HASH) {
      entry.confidence.lost();
    }
    return entry.misconduct.rejected(kind, now);
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
    Entry entry = entry(peer);
    Optional<Flag> flag =
        entry
            .audit
            .completed(expected, found, took)
            .map(deficit -> new Flag(now, deficit.expected(), deficit.found()));
    flag.ifPresent(
        raised -> {
          entry.flag = raised;
          entry.confidence.lost();
        });
    return flag;
  }

  /** What is known of a peer. */
  public synchronized Conduct of(PeerId peer) {
    Entry known = entries.get(peer);
    Entry entry = known == null ? new Entry() : known;
    return new Conduct(
        entry.confidence.sampledPart(), entry.audit.expected(), entry.audit.found(), entry.flag);
  }

  private Entry entry(PeerId peer) {
    Entry entry = entries.computeIfAbsent(peer, p -> new Entry());
    if (entries.size() > MAX_PEERS) {
      Iterator<PeerId> oldest = entries.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    return entry;
  }

  private final class Entry {

    private final Confidence confidence = new Confidence(sampling);
    private final Misconduct misconduct = new Misconduct(quarantine);
    private final RangeAudit audit = new RangeAudit(ConductBook.this.audit);
    private @Nullable Flag flag;
  }
}
