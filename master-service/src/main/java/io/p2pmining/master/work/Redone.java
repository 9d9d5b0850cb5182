package io.p2pmining.master.work;

import io.p2pmining.common.work.NonceRange;
import java.time.Instant;

/**
 * What came of searching a range once more by another peer. Of shares that only one of the two
 * reported, those count that were recomputed and are right.
 *
 * @param ref the unit, and the lease under which it was searched again
 * @param first who searched it for the job
 * @param second who searched it again
 * @param range the nonces that both have searched
 * @param matched how many shares both found
 * @param missedByFirst how many the second one found and the first one did not
 * @param missedBySecond how many the first one found and the second one did not
 * @param at when the two were compared
 */
public record Redone(
    UnitRef ref,
    String jobId,
    PeerId first,
    PeerId second,
    NonceRange range,
    long matched,
    long missedByFirst,
    long missedBySecond,
    Instant at) {

  /** How many shares are known of the range. */
  public long shares() {
    return matched + missedByFirst + missedBySecond;
  }
}
