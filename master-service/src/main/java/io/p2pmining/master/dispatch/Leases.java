package io.p2pmining.master.dispatch;

import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.UnitRef;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * On which terms units were leased, current and past ones: a late share is judged by the terms
 * under which it was searched, and a repeated result by what was accepted before. Owned by the
 * dispatcher's thread.
 */
final class Leases {

  /** The oldest terms are forgotten past this; at twenty seconds a unit, hours for 100 workers. */
  private static final int MAX_TERMS = 100_000;

  private final Map<UnitRef, Terms> terms = new Bounded<>(MAX_TERMS);

  void add(UnitRef ref, Terms granted) {
    terms.put(ref, granted);
  }

  /** The terms of a lease, if it was given to this peer. */
  @Nullable Terms of(UnitRef ref, PeerId peer) {
    Terms found = terms.get(ref);
    return found != null && found.peer().equals(peer) ? found : null;
  }

  /** Notes which result ended a lease and was accepted. */
  void settled(UnitRef ref, long resultId) {
    terms.computeIfPresent(ref, (same, granted) -> granted.settledBy(resultId));
  }

  /** Whether this result has ended the lease, and was accepted. */
  boolean isSettledBy(UnitRef ref, PeerId peer, long resultId) {
    Terms found = of(ref, peer);
    return found != null && found.settledBy() == resultId;
  }

  /**
   * Terms of one assignment.
   *
   * @param again whether another peer had searched the range before
   * @param settledBy the worker's id of the result that ended it and was accepted; 0 if none was
   */
  record Terms(
      PeerId peer, Job job, NonceRange range, Target shareTarget, boolean again, long settledBy) {

    Terms settledBy(long resultId) {
      return new Terms(peer, job, range, shareTarget, again, resultId);
    }
  }
}
