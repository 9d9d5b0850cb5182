package io.p2pmining.master.dispatch;

import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.master.store.Journal;
import io.p2pmining.master.trust.Conduct.Omission;
import io.p2pmining.master.verify.Verifier;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Redone;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Draws the conclusions from ranges that were searched twice. Owned by the dispatcher's thread. */
final class RedoDesk {

  /** More only come together while the verifier does nothing; they are not compared. */
  private static final int MAX_COMPARISONS = 200;

  private final PowAlgorithms algorithms;
  private final Verifier verifier;
  private final Oversight oversight;
  private final Journal journal;
  private final WorkEvents events;
  private final Clock clock;
  private final Executor owner;
  private final Consumer<PeerId> doubt;
  private final List<RedoComparison> comparisons = new ArrayList<>();

  /**
   * @param doubt has everything recomputed that a peer was credited for on trust
   */
  RedoDesk(
      PowAlgorithms algorithms,
      Verifier verifier,
      Oversight oversight,
      Journal journal,
      WorkEvents events,
      Clock clock,
      Executor owner,
      Consumer<PeerId> doubt) {
    this.algorithms = algorithms;
    this.verifier = verifier;
    this.oversight = oversight;
    this.journal = journal;
    this.events = events;
    this.clock = clock;
    this.owner = owner;
    this.doubt = doubt;
  }

  /** A range was searched twice. */
  void compare(Redo redo) {
    if (comparisons.size() < MAX_COMPARISONS) {
      comparisons.add(new RedoComparison(redo, algorithms));
      settle();
    }
  }

  /** Goes on with what is being compared, as far as the verifier has room. */
  void settle() {
    for (RedoComparison comparison : List.copyOf(comparisons)) {
      comparison.prove(verifier, owner, this::settle);
      comparison
          .outcome(clock.instant())
          .ifPresent(
              redone -> {
                comparisons.remove(comparison);
                conclude(comparison, redone);
              });
    }
  }

  private void conclude(RedoComparison comparison, Redone redone) {
    journal.unitRedone(redone);
    events.unitRedone(redone);
    blame(redone.first(), redone.missedByFirst(), redone);
    blame(redone.second(), redone.missedBySecond(), redone);
    if (comparison.firstLied()) {
      doubt.accept(redone.first());
    }
  }

  private void blame(PeerId peer, long missed, Redone redone) {
    if (missed > 0) {
      Omission omission = new Omission(redone.at(), redone.ref().unitId(), missed, redone.shares());
      events.peerMissedShares(peer, omission);
      oversight.missed(peer, omission);
    }
  }
}
