package io.p2pmining.master.store;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One sequence of numbers. The next block is fetched when half of this one is used, so that nobody
 * waits for the database. Safe for use by any thread.
 */
public final class Numbers implements LongSupplier {

  private static final Logger LOG = LoggerFactory.getLogger(Numbers.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final LongSupplier blocks;
  private final int blockSize;
  private final Executor refills;

  // Guarded by this.
  private long next;
  private long end;
  private long aheadStart = -1;
  private boolean fetching;

  /**
   * Fetches the first block.
   *
   * @param blocks gives the first number of a fresh block, each higher than the ones before
   */
  Numbers(LongSupplier blocks, int blockSize, Executor refills) {
    this.blocks = blocks;
    this.blockSize = blockSize;
    this.refills = refills;
    next = blocks.getAsLong();
    end = next + blockSize;
  }

  /**
   * The next number, higher than every one before.
   *
   * @throws IllegalStateException if none is {@linkplain #available() available}
   */
  @Override
  public synchronized long getAsLong() {
    if (next == end) {
      if (aheadStart < 0) {
        throw new IllegalStateException("no numbers left, and the database gives no more");
      }
      next = aheadStart;
      end = next + blockSize;
      aheadStart = -1;
    }
    long given = next++;
    fetchIfLow();
    return given;
  }

  /** How many numbers can be had without the database. */
  public synchronized long available() {
    fetchIfLow();
    return end - next + (aheadStart < 0 ? 0 : blockSize);
  }

  private void fetchIfLow() {
    if (aheadStart < 0 && !fetching && end - next <= blockSize / 2) {
      fetching = true;
      refills.execute(this::fetch);
    }
  }

  private void fetch() {
    try {
      long first = blocks.getAsLong();
      synchronized (this) {
        aheadStart = first;
        fetching = false;
      }
    } catch (RuntimeException e) {
      LOG.debug("No block of numbers could be had", e);
      pause();
      synchronized (this) {
        fetching = false;
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(RETRY_AFTER);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
