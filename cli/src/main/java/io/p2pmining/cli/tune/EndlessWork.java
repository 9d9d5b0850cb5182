package io.p2pmining.cli.tune;

import io.p2pmining.core.miner.Miner;
import io.p2pmining.core.miner.MinerListener;
import io.p2pmining.core.miner.MinerSettings;
import io.p2pmining.core.miner.MiningTask;
import io.p2pmining.core.miner.SeedKey;
import io.p2pmining.core.pow.PreparedSeed;
import io.p2pmining.core.pow.Target;
import java.math.BigInteger;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A miner that hashes without end, for nobody: a new range of nonces is there before the last one
 * is used up. Closing it stops it. Safe for use by any thread.
 */
final class EndlessWork implements MinerListener, AutoCloseable {

  private static final int BLOB_LENGTH = 76;
  private static final int NONCE_OFFSET = 39;
  private static final long ALL_NONCES = 1L << 32;

  /** So that threads never wait for the next. */
  private static final int RANGES_AHEAD = 4;

  /** Shares nobody lives to see. */
  private static final Target NEVER = Target.forDifficulty(BigInteger.ONE.shiftLeft(255));

  private final SeedKey key;
  private final DoubleConsumer progress;
  private final CompletableFuture<PreparedSeed> prepared = new CompletableFuture<>();
  private volatile @Nullable Miner miner;

  private EndlessWork(SeedKey key, DoubleConsumer progress) {
    this.key = key;
    this.progress = progress;
  }

  /**
   * Starts a miner.
   *
   * @param progress told how far the seed is prepared, from 0 to 1, by any thread
   */
  static EndlessWork start(MinerSettings settings, SeedKey key, DoubleConsumer progress) {
    EndlessWork work = new EndlessWork(key, progress);
    Miner started = Miner.start(settings, work);
    work.miner = started;
    for (int range = 0; range < RANGES_AHEAD; range++) {
      work.submit(started);
    }
    return work;
  }

  private void submit(Miner to) {
    to.submit(new MiningTask(key, new byte[BLOB_LENGTH], NONCE_OFFSET, 0, ALL_NONCES, NEVER));
  }

  Miner miner() {
    Miner started = miner;
    if (started == null) {
      throw new IllegalStateException("not started");
    }
    return started;
  }

  /** The seed once it is ready; fails with the reason if it cannot be had. */
  CompletableFuture<PreparedSeed> prepared() {
    return prepared;
  }

  @Override
  public void seedPreparing(SeedKey seed, double fraction) {
    progress.accept(fraction);
  }

  @Override
  public void seedPrepared(SeedKey seed, PreparedSeed ready, Duration took) {
    prepared.complete(ready);
  }

  @Override
  public void seedFailed(SeedKey seed, String reason) {
    prepared.completeExceptionally(new IllegalStateException(reason));
  }

  @Override
  public void shareFound(MiningTask task, long nonce, byte[] hash) {
    // Of no worth to anybody.
  }

  @Override
  public void rangeCompleted(MiningTask task, long searched, Duration elapsed) {
    submit(miner());
  }

  @Override
  public void rangeFailed(MiningTask task, long searched, String reason) {
    prepared.completeExceptionally(new IllegalStateException(reason));
  }

  @Override
  public void close() {
    miner().close();
  }
}
