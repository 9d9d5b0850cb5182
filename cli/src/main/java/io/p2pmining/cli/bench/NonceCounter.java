package io.p2pmining.cli.bench;

import io.p2pmining.common.work.NonceRange;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Hands out every nonce from 0 to an end once. Safe for use by any thread. */
final class NonceCounter {

  private final AtomicLong next = new AtomicLong();
  private final long end;

  NonceCounter(long end) {
    this.end = end;
  }

  /** At most {@code count} nonces; empty when there are no more. */
  Optional<NonceRange> take(int count) {
    long start = next.getAndUpdate(current -> Math.min(end, current + count));
    return start >= end
        ? Optional.empty()
        : Optional.of(new NonceRange(start, Math.min(count, end - start)));
  }
}
