package io.p2pmining.master.dispatch;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.master.verify.Verification;
import io.p2pmining.master.verify.Verifier;
import io.p2pmining.master.work.Redone;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Compares what two peers found in one range. Whatever only one of them reported is recomputed, so
 * that nobody is blamed for what the other one made up. Owned by the dispatcher's thread.
 */
final class RedoComparison {

  /** Of more differences the rest would change nothing about what is done. */
  private static final int MAX_PROOFS = 100;

  /** Room in the verifier that is left to new shares. */
  private static final int KEPT_FREE = 1;

  private enum Side {
    MISSED_BY_FIRST,
    MISSED_BY_SECOND
  }

  private record Claim(Side side, long nonce, Bytes hash) {}

  private final Redo redo;
  private final PowAlgorithm algorithm;
  private final Deque<Claim> unproven = new ArrayDeque<>();
  private final long matched;
  private int inVerification;
  private long missedByFirst;
  private long missedBySecond;
  private boolean firstLied;

  RedoComparison(Redo redo, PowAlgorithms algorithms) {
    this.redo = redo;
    this.algorithm = algorithms.find(redo.job().algorithm()).orElseThrow();
    Map<Long, Bytes> missingFromFirst = redo.missingFromFirst();
    matched = redo.countBySecond() - missingFromFirst.size();
    add(Side.MISSED_BY_FIRST, missingFromFirst);
    add(Side.MISSED_BY_SECOND, redo.missingFromSecond());
  }

  private void add(Side side, Map<Long, Bytes> missing) {
    missing.entrySet().stream()
        .limit(MAX_PROOFS)
        .forEach(entry -> unproven.add(new Claim(side, entry.getKey(), entry.getValue())));
  }

  Redo redo() {
    return redo;
  }

  /** Has as much recomputed as there is room for; {@code afterwards} runs after each of them. */
  void prove(Verifier verifier, Executor owner, Runnable afterwards) {
    while (!unproven.isEmpty() && verifier.room() > KEPT_FREE) {
      Claim claim = unproven.getFirst();
      boolean queued =
          verifier.verify(
              algorithm,
              redo.job().seedHash(),
              redo.job().blobWith(claim.nonce()),
              claim.hash(),
              outcome ->
                  owner.execute(
                      () -> {
                        proven(claim, outcome);
                        afterwards.run();
                      }));
      if (!queued) {
        return;
      }
      unproven.removeFirst();
      inVerification++;
    }
  }

  private void proven(Claim claim, Verification outcome) {
    inVerification--;
    boolean right = outcome instanceof Verification.Correct;
    switch (claim.side()) {
      case MISSED_BY_FIRST -> missedByFirst += right ? 1 : 0;
      case MISSED_BY_SECOND -> {
        missedBySecond += right ? 1 : 0;
        firstLied |= outcome instanceof Verification.Wrong;
      }
    }
  }

  /** Whether the first peer reported a share that is none. */
  boolean firstLied() {
    return firstLied;
  }

  /** What came of it; empty until everything is recomputed. */
  Optional<Redone> outcome(Instant now) {
    if (!unproven.isEmpty() || inVerification > 0) {
      return Optional.empty();
    }
    Redo.Second second = Objects.requireNonNull(redo.second());
    return Optional.of(
        new Redone(
            second.ref(),
            redo.job().id(),
            redo.first(),
            second.peer(),
            second.part(),
            matched,
            missedByFirst,
            missedBySecond,
            now));
  }
}
