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
 * under which it was searched. Owned by the dispatcher's thread.
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

  /** Terms of one assignment. */
  record Terms(PeerId peer, Job job, NonceRange range, Target shareTarget) {}
}
