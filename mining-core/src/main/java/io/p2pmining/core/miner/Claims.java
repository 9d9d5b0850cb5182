package io.p2pmining.core.miner;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The claims of one mining thread that are not hashed completely, oldest first, and so for each
 * search in the order of their nonces. Owned by that thread; does not allocate.
 */
final class Claims {

  private final int thread;

  /** Those in hand, then spare ones. */
  private final Claim[] claims;

  private int count;

  /** No claims yet, and room for so many. */
  Claims(int thread, int limit) {
    this.thread = thread;
    this.claims = Stream.generate(Claim::new).limit(limit).toArray(Claim[]::new);
  }

  /** Claims up to {@code size} nonces of a search; null if all of them have been claimed. */
  @Nullable Claim take(RangeSearch search, int size) {
    long first = search.claim(thread, size);
    if (first < 0) {
      return null;
    }
    Claim claim = claims[count++];
    claim.set(search, first, search.endOfClaim(first, size));
    return claim;
  }

  /** The newest claim if it has nonces for which no lane was free yet; null if not. */
  @Nullable Claim open() {
    Claim newest = count == 0 ? null : claims[count - 1];
    return newest != null && newest.hasNext() ? newest : null;
  }

  /** Leaves out what no lane has got of a claim whose search has ended. */
  void cut(Claim claim) {
    if (claim.cut()) {
      remove(claim);
    }
  }

  /**
   * One more nonce of a claim has been hashed, and its share reported if it is one.
   *
   * @return whether the claim's whole range has been hashed by now; true for one caller only
   */
  boolean countHashed(Claim claim) {
    if (!claim.countHashed()) {
      return false;
    }
    RangeSearch search = claim.search();
    remove(claim);
    return search.finish(thread, claim.count(), lowestOf(search));
  }

  private void remove(Claim claim) {
    int at = 0;
    while (claims[at] != claim) {
      at++;
    }
    count--;
    System.arraycopy(claims, at + 1, claims, at, count - at);
    claims[count] = claim;
  }

  private long lowestOf(RangeSearch search) {
    for (int i = 0; i < count; i++) {
      if (claims[i].search() == search) {
        return claims[i].first();
      }
    }
    return RangeSearch.NOTHING_IN_HAND;
  }

  /** Whether any claim's search is still wanted. */
  boolean anyWanted() {
    for (int i = 0; i < count; i++) {
      if (!claims[i].search().isEnded()) {
        return true;
      }
    }
    return false;
  }

  /** Lets go of all; what of them is not hashed never will be by this thread. */
  void clear() {
    count = 0;
  }

  /** Lets go of a search's claims; what of them is not hashed never will be by this thread. */
  void drop(RangeSearch search) {
    for (int i = count - 1; i >= 0; i--) {
      if (claims[i].search() == search) {
        remove(claims[i]);
      }
    }
  }

  /** The search of some claim; null if there is none. */
  @Nullable RangeSearch anySearch() {
    return count == 0 ? null : claims[0].search();
  }
}
