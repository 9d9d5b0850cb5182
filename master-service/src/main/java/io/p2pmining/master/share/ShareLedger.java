package io.p2pmining.master.share;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Rejection;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The record of what was found. Totals are exact; of the shares and blocks themselves the latest
 * are kept. Guarded by its own lock.
 */
public final class ShareLedger {

  /** Peers whose totals are kept; the one that has been silent longest is forgotten first. */
  private static final int MAX_PEERS = 20_000;

  private final int history;
  private final Deque<Share> shares = new ArrayDeque<>();
  private final Deque<FoundBlock> blocks = new ArrayDeque<>();
  private final Map<PeerId, ShareCounts> byPeer = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<BlockOutcome.State, Long> outcomes = new EnumMap<>(BlockOutcome.State.class);
  private ShareCounts total = ShareCounts.NONE;
  private BigInteger acceptedDifficulty = BigInteger.ZERO;
  private long revoked;
  private BigInteger revokedDifficulty = BigInteger.ZERO;
  private long lastShareId;
  private long lastBlockId;

  /** A ledger that keeps up to {@code history} shares and as many blocks. */
  public ShareLedger(int history) {
    this.history = history;
    for (BlockOutcome.State state : BlockOutcome.State.values()) {
      outcomes.put(state, 0L);
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
    Share share = new Share(++lastShareId, job.id(), nonce, hash, difficulty, peer, now, block);
    addBounded(shares, share);
    total = total.withAccepted();
    acceptedDifficulty = acceptedDifficulty.add(difficulty);
    count(peer, counts(peer).withAccepted());
    return share;
  }

  /** Takes back what was credited for a share that turned out not to be one. */
  public synchronized void revoke(Share share, Rejection reason) {
    shares.removeIf(known -> known.id() == share.id());
    total = total.withRevoked(reason);
    revoked++;
    revokedDifficulty = revokedDifficulty.add(share.difficulty());
    acceptedDifficulty = acceptedDifficulty.subtract(share.difficulty());
    count(share.peer(), counts(share.peer()).withRevoked(reason));
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
  public synchronized void reject(PeerId peer, Rejection reason) {
    total = total.withRejected(reason);
    count(peer, counts(peer).withRejected(reason));
  }

  /** Records a block whose outcome is not known yet. */
  public synchronized FoundBlock blockFound(
      Job job, long nonce, Bytes hash, BigInteger difficulty, PeerId peer, Instant now) {
    FoundBlock block =
        new FoundBlock(
            ++lastBlockId,
            job.id(),
            job.height(),
            nonce,
            hash,
            difficulty,
            peer,
            now,
            BlockOutcome.State.PENDING,
            "submitted");
    addBounded(blocks, block);
    outcomes.merge(BlockOutcome.State.PENDING, 1L, Long::sum);
    return block;
  }

  /** Records what became of a block. */
  public synchronized FoundBlock blockSettled(FoundBlock found, BlockOutcome outcome) {
    FoundBlock settled = found.with(outcome);
    outcomes.merge(BlockOutcome.State.PENDING, -1L, Long::sum);
    outcomes.merge(outcome.state(), 1L, Long::sum);
    replaceBlock(settled);
    return settled;
  }

  /** The totals of all workers. */
  public synchronized ShareCounts total() {
    return total;
  }

  /** The sum of the accepted shares' difficulties: how many hashes they stand for. */
  public synchronized BigInteger acceptedDifficulty() {
    return acceptedDifficulty;
  }

  /** The totals of one worker. */
  public synchronized ShareCounts counts(PeerId peer) {
    return byPeer.getOrDefault(peer, ShareCounts.NONE);
  }

  /** How many blocks have which outcome. */
  public synchronized Map<BlockOutcome.State, Long> blockOutcomes() {
    return new EnumMap<>(outcomes);
  }

  /** The remembered shares, newest first. */
  public synchronized List<Share> shares(@Nullable String jobId) {
    List<Share> matching = new ArrayList<>();
    for (Share share : shares) {
      if (jobId == null || share.jobId().equals(jobId)) {
        matching.add(share);
      }
    }
    return matching;
  }

  /** The remembered blocks, newest first. */
  public synchronized List<FoundBlock> blocks() {
    return List.copyOf(blocks);
  }

  private <T> void addBounded(Deque<T> entries, T entry) {
    entries.addFirst(entry);
    if (entries.size() > history) {
      entries.removeLast();
    }
  }

  private void count(PeerId peer, ShareCounts counts) {
    byPeer.put(peer, counts);
    if (byPeer.size() > MAX_PEERS) {
      Iterator<PeerId> oldest = byPeer.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  private void replaceBlock(FoundBlock settled) {
    List<FoundBlock> entries = new ArrayList<>(blocks);
    entries.replaceAll(block -> block.id() == settled.id() ? settled : block);
    blocks.clear();
    blocks.addAll(entries);
  }
}
