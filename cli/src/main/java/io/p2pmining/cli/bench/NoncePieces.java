package io.p2pmining.cli.bench;

import io.p2pmining.common.work.NonceRange;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The nonces of one thread, taken from the common counter in pieces that last a while, so that
 * taking them costs nothing. Owned by that thread.
 */
final class NoncePieces {

  /** Said when there are no more. */
  static final long NONE = -1;

  private static final long PIECE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final int LARGEST_PIECE = 1 << 16;

  private final NonceCounter counter;
  private final LongSupplier nanoClock;
  private long next;
  private long end;
  private int size = 1;
  private long takenAt;

  NoncePieces(NonceCounter counter, LongSupplier nanoClock) {
    this.counter = counter;
    this.nanoClock = nanoClock;
    this.takenAt = nanoClock.getAsLong();
  }

  /** The next nonce; {@link #NONE} if all are taken. */
  long next() {
    return next < end || take() ? next++ : NONE;
  }

  private boolean take() {
    long now = nanoClock.getAsLong();
    if (end > 0 && now - takenAt < PIECE_NANOS) {
      size = Math.min(LARGEST_PIECE, 2 * size);
    }
    takenAt = now;
    Optional<NonceRange> piece = counter.take(size);
    next = piece.map(NonceRange::start).orElse(0L);
    end = piece.map(NonceRange::end).orElse(0L);
    return piece.isPresent();
  }
}
