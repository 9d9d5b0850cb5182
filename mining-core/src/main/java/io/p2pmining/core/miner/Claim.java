package io.p2pmining.core.miner;

import org.jspecify.annotations.Nullable;

/**
 * Nonces of one search that a thread took together, as indexes within the range. They are loaded
 * into lanes one by one, and hashed in the order in which they were loaded. Owned by one mining
 * thread, which uses the object again for later claims.
 */
final class Claim {

  private @Nullable RangeSearch search;
  private long first;
  private long next;
  private long end;
  private long hashed;

  /** Makes this the claim of the nonces from {@code first} to {@code end − 1}. */
  void set(RangeSearch search, long first, long end) {
    this.search = search;
    this.first = first;
    this.next = first;
    this.end = end;
    this.hashed = 0;
  }

  RangeSearch search() {
    if (search == null) {
      throw new IllegalStateException("a claim of nothing");
    }
    return search;
  }

  /** The index of its first nonce. */
  long first() {
    return first;
  }

  /** How many nonces it has, hashed or not. */
  long count() {
    return end - first;
  }

  /** Whether there are nonces that no lane has got yet. */
  boolean hasNext() {
    return next < end;
  }

  /** The index of the next nonce for a lane. */
  long take() {
    return next++;
  }

  /** Leaves out the nonces that no lane has got; true if all of the others are hashed. */
  boolean cut() {
    end = next;
    return hashed == count();
  }

  /** Counts one more of its nonces as hashed; true if it was the last. */
  boolean countHashed() {
    hashed++;
    return hashed == count();
  }
}
