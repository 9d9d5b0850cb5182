package io.p2pmining.master.share;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Rejection;
import java.math.BigInteger;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Numbers what was found and keeps the exact totals of all workers; the shares and blocks
 * themselves are in the store. Guarded by its own lock.
 */
public final class ShareLedger {

  private final LongSupplier numbers;
  private final Map<BlockOutcome.State, Long> outcomes = new EnumMap<>(BlockOutcome.State.class);
  private ShareCounts total;
  private BigInteger acceptedDifficulty;
  private long revoked;
  private BigInteger revokedDifficulty;

  /**
   * The totals of an earlier process.
   *
   * @param accepted the sum of the accepted shares' difficulties
   * @param revoked how many shares were taken back, which the counts leave out
   * @param revokedDifficulty the sum of their difficulties
   * @param outcomes how many blocks have which outcome
   */
  public record Totals(
      ShareCounts shares,
      BigInteger accepted,
      long revoked,
      BigInteger revokedDifficulty,
      Map<BlockOutcome.State, Long> outcomes) {

    /** Nothing was found yet. */
    public static final Totals NONE =
        new Totals(ShareCounts.NONE, BigInteger.ZERO, 0, BigInteger.ZERO, Map.of());
  }

  /**
   * A ledger that goes on from given totals.
   *
   * @param numbers gives ids that no other share or block in the cluster has
   */
  public ShareLedger(LongSupplier numbers, Totals before) {
    this.numbers = numbers;
    total = before.shares();
    acceptedDifficulty = before.accepted();
    revoked = before.revoked();
    revokedDifficulty = before.revokedDifficulty();
    for (BlockOutcome.State state : BlockOutcome.State.values()) {
      outcomes.put(state, before.outcomes().getOrDefault(state, 0L));
    }
  }

  /** Records an accepted share. */
  public synchronized Share accept(
      Job job,
      long nonce,
      Bytes hash,
      BigInteger difficulty,
      PeerId peer,
      boolean block,
      Instant now) {
    total = total.withAccepted();
    acceptedDifficulty = acceptedDifficulty.add(difficulty);
    return new Share(numbers.getAsLong(), job.id(), nonce, hash, difficulty, peer, now, block);
  }

  /** Takes back what was credited for a share that turned out not to be one. */
  public synchronized void revoke(Share share, Rejection reason) {
    total = total.withRevoked(reason);
    revoked++;
    revokedDifficulty = revokedDifficulty.add(share.difficulty());
    acceptedDifficulty = acceptedDifficulty.subtract(share.difficulty());
  }

  /** How many shares were taken back. */
  public synchronized long revoked() {
    return revoked;
  }

  /** The sum of the difficulties of the shares that were taken back. */
  public synchronized BigInteger revokedDifficulty() {
    return revokedDifficulty;
  }

  /** Counts a rejected share. */
  public synchronized void reject(Rejection reason) {
    total = total.withRejected(reason);
  }

  /** Records a block whose outcome is not known yet. */
  public synchronized FoundBlock blockFound(
      Job job, long nonce, Bytes hash, BigInteger difficulty, PeerId peer, Instant now) {
    outcomes.merge(BlockOutcome.State.PENDING, 1L, Long::sum);
    return new FoundBlock(
        numbers.getAsLong(),
        job.id(),
        job.height(),
        nonce,
        hash,
        difficulty,
        peer,
        now,
        BlockOutcome.State.PENDING,
        "submitted");
  }

  /** Counts a block that an earlier process found, of which the totals do not know. */
  public synchronized void blockTakenUp() {
    outcomes.merge(BlockOutcome.State.PENDING, 1L, Long::sum);
  }

  /** Records what became of a block. */
  public synchronized FoundBlock blockSettled(FoundBlock found, BlockOutcome outcome) {
    outcomes.merge(found.outcome(), -1L, Long::sum);
    outcomes.merge(outcome.state(), 1L, Long::sum);
    return found.with(outcome);
  }

  /** The totals of all workers. */
  public synchronized ShareCounts total() {
    return total;
  }

  /** The sum of the accepted shares' difficulties: how many hashes they stand for. */
  public synchronized BigInteger acceptedDifficulty() {
    return acceptedDifficulty;
  }

  /** How many blocks have which outcome. */
  public synchronized Map<BlockOutcome.State, Long> blockOutcomes() {
    return new EnumMap<>(outcomes);
  }
}
