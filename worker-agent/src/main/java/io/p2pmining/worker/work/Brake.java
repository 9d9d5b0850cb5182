package io.p2pmining.worker.work;

import io.p2pmining.core.miner.Miner;
import io.p2pmining.core.miner.PauseReason;
import java.util.EnumSet;
import java.util.Set;

/** Pauses the miner while there is a reason to. Guarded by the desk's lock. */
final class Brake {

  /** Why hashing is paused although there are units in hand. */
  enum Reason {
    /** The master acknowledges results too slowly. */
    OUTBOX_FULL("the master has not acknowledged the results so far"),
    /** What would be found might never reach the master in time. */
    MASTER_AWAY("the master cannot be reached");

    private final String sentence;

    Reason(String sentence) {
      this.sentence = sentence;
    }

    String sentence() {
      return sentence;
    }
  }

  private final Miner miner;
  private final Set<Reason> reasons = EnumSet.noneOf(Reason.class);

  Brake(Miner miner) {
    this.miner = miner;
  }

  /** Stops hashing; true if this reason is new. */
  boolean pull(Reason reason) {
    boolean isNew = reasons.add(reason);
    if (isNew) {
      miner.pause(PauseReason.NO_WORK);
    }
    return isNew;
  }

  /** Withdraws a reason; true if it was one. Hashing goes on when none is left. */
  boolean release(Reason reason) {
    boolean wasReason = reasons.remove(reason);
    if (wasReason && reasons.isEmpty()) {
      miner.resume(PauseReason.NO_WORK);
    }
    return wasReason;
  }

  Set<Reason> reasons() {
    return Set.copyOf(reasons);
  }
}
