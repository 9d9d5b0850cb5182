package io.p2pmining.master.store;

import io.p2pmining.master.work.Rejection;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;

/** By how much the totals of one peer grew. Owned by whoever owns the group. */
public final class PeerTotals {

  private long accepted;
  private BigInteger difficulty = BigInteger.ZERO;

  /** Made when something is rejected, which is rare. */
  private Map<Rejection, Long> rejected = Map.of();

  PeerTotals() {}

  PeerTotals(long accepted, BigInteger difficulty, Map<Rejection, Long> rejected) {
    this.accepted = accepted;
    this.difficulty = difficulty;
    rejected.forEach(this::reject);
  }

  void accept(BigInteger shareDifficulty) {
    accepted++;
    difficulty = difficulty.add(shareDifficulty);
  }

  void revoke(BigInteger shareDifficulty, Rejection reason) {
    accepted--;
    difficulty = difficulty.subtract(shareDifficulty);
    reject(reason);
  }

  void reject(Rejection reason) {
    reject(reason, 1);
  }

  private void reject(Rejection reason, long count) {
    if (rejected.isEmpty()) {
      rejected = new EnumMap<>(Rejection.class);
    }
    rejected.merge(reason, count, Long::sum);
  }

  void add(PeerTotals other) {
    accepted += other.accepted;
    difficulty = difficulty.add(other.difficulty);
    other.rejected.forEach(this::reject);
  }

  /** How many shares were accepted, less those that were taken back. */
  public long accepted() {
    return accepted;
  }

  /** Whether anything about the accepted shares changed, for the better or the worse. */
  boolean changesAccepted() {
    return accepted != 0 || difficulty.signum() != 0;
  }

  /** The sum of their difficulties. */
  public BigInteger difficulty() {
    return difficulty;
  }

  /** How many shares were rejected, by reason. */
  public Map<Rejection, Long> rejected() {
    return rejected;
  }
}
