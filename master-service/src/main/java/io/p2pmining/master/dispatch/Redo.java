package io.p2pmining.master.dispatch;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.UnitRef;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One range of a finite job that another peer is to search again. Owned by the dispatcher's thread.
 */
final class Redo {

  /** Only jobs for tests have more in one range; such a range is not compared. */
  static final int MAX_SHARES = 10_000;

  private final UnitRef firstRef;
  private final PeerId first;
  private final Job job;
  private final NonceRange range;
  private final Target shareTarget;
  private final Instant beginBy;
  private final Map<Long, Bytes> foundByFirst;
  private final Map<Long, Found> foundBySecond = new HashMap<>();
  private @Nullable Second second;

  /**
   * A share that the second peer reported.
   *
   * @param resultId its id of the result
   */
  record Found(Bytes hash, long resultId) {}

  /**
   * Who searches again.
   *
   * @param part the nonces, from the beginning of the range on, that it can search in good time
   */
  record Second(PeerId peer, UnitRef ref, NonceRange part, Instant expiresAt) {}

  /**
   * A redo that waits for its second peer.
   *
   * @param firstRef unit and lease under which the range was searched
   * @param range the nonces of that lease
   * @param foundByFirst the shares that were reported under it, by nonce
   * @param beginBy when it is dropped unless somebody has begun
   */
  Redo(
      UnitRef firstRef,
      PeerId first,
      Job job,
      NonceRange range,
      Target shareTarget,
      Map<Long, Bytes> foundByFirst,
      Instant beginBy) {
    this.firstRef = firstRef;
    this.first = first;
    this.job = job;
    this.range = range;
    this.shareTarget = shareTarget;
    this.beginBy = beginBy;
    this.foundByFirst = new HashMap<>(foundByFirst);
  }

  UnitRef firstRef() {
    return firstRef;
  }

  PeerId first() {
    return first;
  }

  Job job() {
    return job;
  }

  NonceRange range() {
    return range;
  }

  Target shareTarget() {
    return shareTarget;
  }

  Instant beginBy() {
    return beginBy;
  }

  /** Who searches again, and under which lease; null while nobody does. */
  @Nullable Second second() {
    return second;
  }

  void leasedTo(Second peer) {
    second = peer;
  }

  /** The lease lives until then at least. */
  void extendTo(Instant expiresAt) {
    Second current = second;
    if (current != null && current.expiresAt().isBefore(expiresAt)) {
      second = new Second(current.peer(), current.ref(), current.part(), expiresAt);
    }
  }

  /** The first peer reported a share under its lease, late. */
  void reportedByFirst(long nonce, Bytes hash) {
    if (foundByFirst.size() < MAX_SHARES) {
      foundByFirst.putIfAbsent(nonce, hash);
    }
  }

  /** The second peer reported a share; answers false if it did before, as another result. */
  boolean reportedBySecond(long nonce, Bytes hash, long resultId) {
    Found before = foundBySecond.putIfAbsent(nonce, new Found(hash, resultId));
    return before == null || before.resultId() == resultId;
  }

  /** How many shares the second peer has reported. */
  int countBySecond() {
    return foundBySecond.size();
  }

  /** What the first one reported of the part that was searched twice and the second one did not. */
  Map<Long, Bytes> missingFromSecond() {
    Map<Long, Bytes> missing = new HashMap<>();
    Second current = second;
    foundByFirst.forEach(
        (nonce, hash) -> {
          if (current != null
              && current.part().contains(nonce)
              && !foundBySecond.containsKey(nonce)) {
            missing.put(nonce, hash);
          }
        });
    return missing;
  }

  /** What the second one reported and the first one did not. */
  Map<Long, Bytes> missingFromFirst() {
    Map<Long, Bytes> missing = new HashMap<>();
    foundBySecond.forEach(
        (nonce, found) -> {
          if (!foundByFirst.containsKey(nonce)) {
            missing.put(nonce, found.hash());
          }
        });
    return missing;
  }
}
